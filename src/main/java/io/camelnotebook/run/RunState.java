package io.camelnotebook.run;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** Some of its jobs have not ended. */
    RUNNING,
    /** All of its jobs succeeded. */
    SUCCEEDED,
    /** All of its jobs have ended, and some did not succeed. */
    FAILED,
    /** Somebody cancelled it. */
    CANCELLED;

    /** The state of that name in the ledger. */
    static RunState of(String jsonName) {
        return valueOf(jsonName.toUpperCase(Locale.ROOT));
    }

    /** The name in records and in the ledger. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
