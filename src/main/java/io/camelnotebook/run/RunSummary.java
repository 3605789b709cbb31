package io.camelnotebook.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in short.
 *
 * @param id its id
 * @param pipeline the name of its pipeline
 * @param config the path of the config file
 * @param state where it stands
 * @param total the number of its jobs
 * @param jobs how many of them ended in which state
 * @param attempts how many attempts they have had by now, which tells one end of the run from the next
 * @param undelivered how many files did not arrive at a destination
 * @param problems what went wrong, a line each; not all of it where much did
 * @param maxParallel how many of its jobs may run at once; 0 if it does not say
 * @param correlation the id by which whoever sent the config knows the run; null if there is none
 */
public record RunSummary(
        String id,
        String pipeline,
        String config,
        RunState state,
        int total,
        Map<JobState, Integer> jobs,
        int attempts,
        int undelivered,
        List<String> problems,
        int maxParallel,
        @Nullable String correlation) {

    public RunSummary {
        jobs = Map.copyOf(jobs);
        problems = List.copyOf(problems);
    }

    /** Whether all jobs succeeded and all that they left arrived where it was to go. */
    public boolean isFlawless() {
        return state == RunState.SUCCEEDED && undelivered == 0;
    }

    /** How many jobs have ended. */
    public int over() {
        return jobs.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many jobs ended in a state. */
    public int count(JobState state) {
        return jobs.getOrDefault(state, 0);
    }
}
