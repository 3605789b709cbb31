package io.camelnotebook.execution;

import io.camelnotebook.kernel.Kernel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a running cell when its time is over or somebody cancelled it: interrupt, a grace period, SIGTERM, another, and
 * SIGKILL. A cell that ignores interrupts never holds a job for ever. For the execution's thread, except
 * {@link #cancel}.
 */
final class Stopping {

    /** How far it has gone. */
    private enum Step {
        NOT_YET,
        INTERRUPTED,
        TERMINATED,
        KILLED
    }

    private final Kernel kernel;
    private final ExecutionOptions options;
    private final long notebookEnd;
    private volatile boolean cancelled;
    private long cellEnd = Long.MAX_VALUE;
    private Step step = Step.NOT_YET;
    private long stepEnd = Long.MAX_VALUE;
    private @Nullable CellStatus reason;
    private @Nullable Duration limit;

    Stopping(Kernel kernel, ExecutionOptions options) {
        this.kernel = kernel;
        this.options = options;
        notebookEnd = options.timeout().map(Stopping::fromNow).orElse(Long.MAX_VALUE);
    }

    /** Asks for an end; may be called from any thread. */
    void cancel() {
        cancelled = true;
        kernel.wake();
    }

    /** Starts a cell's own time. */
    void cellStarted() {
        cellEnd = options.cellTimeout().map(Stopping::fromNow).orElse(Long.MAX_VALUE);
    }

    /** Why no further cell may start, if so: {@code TIMED_OUT} or {@code CANCELLED}. */
    Optional<CellStatus> reason() {
        return Optional.ofNullable(reason);
    }

    /** The limit that was exceeded, once the reason is {@code TIMED_OUT}. */
    Optional<Duration> limit() {
        return Optional.ofNullable(limit);
    }

    /** Whether the time is over or somebody cancelled while no cell runs, so that there is nothing to interrupt. */
    boolean isDueBetweenCells() {
        if (cancelled) {
            reason = CellStatus.CANCELLED;
        } else if (remaining(notebookEnd).isZero()) {
            reason = CellStatus.TIMED_OUT;
            limit = options.timeout().orElseThrow();
        }
        return reason != null;
    }

    /** Does what is due now, and says how long nothing will be. */
    Duration act() {
        if (step == Step.NOT_YET) {
            decide();
        } else if (remaining(stepEnd).isZero()) {
            escalate();
        }
        return remaining(step == Step.NOT_YET ? Math.min(cellEnd, notebookEnd) : stepEnd);
    }

    private void decide() {
        if (cancelled) {
            interrupt(CellStatus.CANCELLED);
        } else if (remaining(notebookEnd).isZero()) {
            limit = options.timeout().orElseThrow();
            interrupt(CellStatus.TIMED_OUT);
        } else if (remaining(cellEnd).isZero()) {
            limit = options.cellTimeout().orElseThrow();
            interrupt(CellStatus.TIMED_OUT);
        }
    }

    private void interrupt(CellStatus why) {
        reason = why;
        kernel.interrupt();
        step = Step.INTERRUPTED;
        stepEnd = fromNow(options.interruptGrace());
    }

    private void escalate() {
        if (step == Step.INTERRUPTED) {
            kernel.terminate();
            step = Step.TERMINATED;
            stepEnd = fromNow(options.terminateGrace());
        } else {
            kernel.kill();
            step = Step.KILLED;
            stepEnd = Long.MAX_VALUE;
        }
    }

    private static long fromNow(Duration duration) {
        return System.nanoTime() + duration.toNanos();
    }

    private static Duration remaining(long end) {
        return end == Long.MAX_VALUE ? Duration.ofDays(365) : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
