package io.camelnotebook.run;

import java.time.Duration;

/**
 * Another attempt of a job, or of a chunk of one, whose last one failed.
 *
 * @param run the id of the run
 * @param template the name under {@code jobs} that the job came from
 * @param index the job's place among those of the template, from 0
 * @param attempt which try it will be; of a chunk, that of its job
 * @param chunk which chunk of the job it is that is tried again; 0 if it is the job
 * @param delay how long to wait before {@link Runs#due}
 */
public record Retry(String run, String template, int index, int attempt, int chunk, Duration delay) {

    /** What the run waits for. */
    Run.Repetition repetition() {
        return new Run.Repetition(template, index, attempt);
    }
}
