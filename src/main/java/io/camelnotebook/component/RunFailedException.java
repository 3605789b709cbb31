package io.camelnotebook.component;

import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunSummary;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A run has ended, and not all of it is as it should be. What did succeed is where it belongs. */
public final class RunFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RunSummary run;

    RunFailedException(RunSummary run) {
        super(message(run));
        this.run = run;
    }

    /** The run in short. */
    public RunSummary run() {
        return run;
    }

    private static String message(RunSummary run) {
        String states = Arrays.stream(JobState.values())
                .filter(state -> run.count(state) > 0)
                .map(state -> run.count(state) + " " + state.jsonName())
                .collect(Collectors.joining(", "));
        String undelivered = run.undelivered() == 0 ? "" : "; " + run.undelivered() + " files were not delivered";
        return "run " + run.id() + " of " + run.config() + ": " + states + undelivered
                + run.problems().stream().map(problem -> "\n" + problem).collect(Collectors.joining());
    }
}
