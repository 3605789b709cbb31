package io.camelnotebook.execution;

import java.time.Duration;
import java.util.Optional;

/**
 * How a cell ended.
 *
 * @param duration from sending it to its end; zero if it was not run
 * @param error what went wrong in it, allowed or not
 * @param stops whether the notebook ends with this cell
 */
public record CellResult(CellStatus status, Duration duration, Optional<ExecutionError> error, boolean stops) {

    /** A cell that was not sent to the kernel. */
    static CellResult notSent(CellStatus status) {
        return new CellResult(status, Duration.ZERO, Optional.empty(), false);
    }
}
