package io.camelnotebook.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a notebook is to be executed.
 *
 * @param timeout for the whole notebook, from its first cell on
 * @param cellTimeout for each cell
 * @param cells which cells are passed over, and which errors do not stop the notebook
 * @param memory the most bytes that the kernel and its child processes may have together
 * @param interruptGrace how long an interrupted cell may take to end before its kernel is told to
 * @param terminateGrace how long a kernel that is told to end may take before it is killed
 */
public record ExecutionOptions(
        Optional<Duration> timeout,
        Optional<Duration> cellTimeout,
        CellPolicy cells,
        OptionalLong memory,
        Duration interruptGrace,
        Duration terminateGrace) {

    /** No limits, and the first error stops the notebook. */
    public static final ExecutionOptions DEFAULT = new ExecutionOptions(
            Optional.empty(), Optional.empty(), false, Duration.ofSeconds(5), Duration.ofSeconds(2));

    /** Options with the usual policy for cells, but for whether errors are kept in the notebook and do not stop it. No limit of memory. */
    public ExecutionOptions(
            Optional<Duration> timeout,
            Optional<Duration> cellTimeout,
            boolean allowErrors,
            Duration interruptGrace,
            Duration terminateGrace) {
        this(
                timeout,
                cellTimeout,
                new CellPolicy(allowErrors, Set.of(), false, CellPolicy.DEFAULT.skipTags()),
                OptionalLong.empty(),
                interruptGrace,
                terminateGrace);
    }

    /** The same with another policy for cells. */
    ExecutionOptions withCells(CellPolicy policy) {
        return new ExecutionOptions(timeout, cellTimeout, policy, memory, interruptGrace, terminateGrace);
    }

    /** The same with a limit of memory, or without one. */
    public ExecutionOptions withMemory(OptionalLong bytes) {
        return new ExecutionOptions(timeout, cellTimeout, cells, bytes, interruptGrace, terminateGrace);
    }
}
