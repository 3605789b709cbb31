package io.camelnotebook.run;

import java.util.Optional;

/**
 * What follows when an attempt of a job, or a chunk of one, has ended.
 *
 * @param retry another attempt
 * @param over how the job ended, if it did
 */
public record Ended(Optional<Retry> retry, Optional<JobResult> over) {

    /** The job goes on. */
    static final Ended GOES_ON = new Ended(Optional.empty(), Optional.empty());
}
