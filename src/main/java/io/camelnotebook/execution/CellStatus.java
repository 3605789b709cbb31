package io.camelnotebook.execution;

import java.util.Locale;

/** How a cell ended, told truthfully: what was not run is never called completed. */
public enum CellStatus {
    /** It ran to its end, or is no code and needed not run. An error that the notebook allows does not change that. */
    COMPLETED,
    /** It raised an error that stopped the notebook. */
    FAILED,
    /** It was running when its own or the notebook's time was over. */
    TIMED_OUT,
    /** The kernel's process ended while it ran. */
    KERNEL_DIED,
    /** It was running when somebody cancelled the job. */
    CANCELLED,
    /** It was passed over because of its tag. */
    SKIPPED,
    /** The notebook ended before it was its turn. */
    NOT_RUN;

    /** The name in records and in notebooks, such as {@code timed_out}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
