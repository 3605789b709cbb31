package io.camelnotebook.run;

import java.util.Locale;

/** Where a job stands. */
public enum JobState {
    /** What it needs is there; it waits for a kernel. */
    QUEUED(false),
    /** Its notebook is being executed. */
    RUNNING(false),
    /** Its notebook ran to its end. */
    SUCCEEDED(true),
    /** Its notebook raised an error, or could not be executed at all. */
    FAILED(true),
    /** Its time was over. */
    TIMED_OUT(true),
    /** Its kernel's process ended before its notebook did. */
    KERNEL_DIED(true),
    /** Somebody cancelled it. */
    CANCELLED(true),
    /** It was not run because a job that it needs did not succeed, or because the run was stopped. */
    SKIPPED(true),
    /** It was not run because an earlier run has done the same. */
    CACHED(true);

    private final boolean terminal;

    JobState(boolean terminal) {
        this.terminal = terminal;
    }

    /** The state of that name in a record or in the ledger. */
    public static JobState of(String jsonName) {
        return valueOf(jsonName.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Whether its results are there, so that what needs it may run. */
    public boolean isSuccess() {
        return this == SUCCEEDED || this == CACHED;
    }

    /** The name in records and in the ledger, such as {@code timed_out}. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
