package io.camelnotebook.run;

import java.time.Duration;

/**
 * Another attempt of a job whose last one failed.
 *
 * @param run the id of the run
 * @param template the name under {@code jobs} that the job came from
 * @param index the job's place among those of the template, from 0
 * @param attempt which try it will be
 * @param delay how long to wait before {@link Runs#due}
 */
public record Retry(String run, String template, int index, int attempt, Duration delay) {

    /** What the run waits for. */
    Run.Repetition repetition() {
        return new Run.Repetition(template, index, attempt);
    }
}
