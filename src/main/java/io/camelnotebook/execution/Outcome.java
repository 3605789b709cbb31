package io.camelnotebook.execution;

import java.util.Locale;

/** How the execution of a notebook ended. */
public enum Outcome {
    /** Every cell that was to run has run, and no error stopped it. */
    SUCCEEDED,
    /** A cell failed, or the kernel did not start, or the executed notebook could not be written. */
    FAILED,
    /** The time of a cell or of the whole notebook was over. */
    TIMED_OUT,
    /** The kernel's process ended before the notebook did. */
    KERNEL_DIED,
    /** Somebody cancelled it. */
    CANCELLED;

    /** The outcome of a notebook that ended with a cell of that status. */
    static Outcome of(CellStatus last) {
        return switch (last) {
            case COMPLETED, SKIPPED, NOT_RUN -> SUCCEEDED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case KERNEL_DIED -> KERNEL_DIED;
            case CANCELLED -> CANCELLED;
        };
    }

    /** The name in records and in notebooks, such as {@code timed_out}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
