package io.camelnotebook.run;

import java.util.ArrayList;
import java.util.List;

/** Which jobs of a run are run again when it goes on; those that it never came to are in any case. */
public enum Redo {
    /** Those that were cut off or cancelled; a job that failed stays failed. */
    INTERRUPTED(JobState.RUNNING, JobState.CANCELLED),
    /** All that did not succeed, and what was skipped because of them. */
    UNSUCCESSFUL(
            JobState.RUNNING,
            JobState.CANCELLED,
            JobState.FAILED,
            JobState.TIMED_OUT,
            JobState.KERNEL_DIED,
            JobState.SKIPPED);

    private final List<String> states = new ArrayList<>();

    Redo(JobState... states) {
        for (JobState state : states) {
            this.states.add(state.jsonName());
        }
    }

    /** As they are in the ledger. */
    List<String> states() {
        return List.copyOf(states);
    }
}
