package io.camelnotebook.pipeline;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a job may use of the machine.
 *
 * @param memoryBytes the most memory its kernel and that one's child processes may have together; empty for no limit
 * @param threads how many threads its kernel should compute with; the engine's share for a kernel if empty
 */
public record Resources(OptionalLong memoryBytes, OptionalInt threads) {

    /** Nothing said. */
    public static final Resources NONE = new Resources(OptionalLong.empty(), OptionalInt.empty());
}
