package io.camelnotebook.pipeline;

import io.camelnotebook.notebook.ErrorName;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How often an attempt of a job that failed is followed by another, after what failures, and when.
 *
 * @param attempts the most attempts, from 1; empty for the engine's own number
 * @param delay from the first attempt's end to the second's place in the queue
 * @param backoff what the delay is multiplied with from attempt to attempt, from 1
 * @param on the failures of the user's own code that are worth another attempt: {@link #ERROR}, {@link #TIMEOUT} or the
 *     names of exceptions; those that are not the code's fault always are
 */
public record RetryPolicy(OptionalInt attempts, Duration delay, double backoff, Set<String> on) {

    /** Any error of the notebook's own code. */
    public static final String ERROR = "error";

    /** The time of a cell or of the whole notebook was over. */
    public static final String TIMEOUT = "timeout";

    /** Of a job that says nothing about it: only what is not the fault of its code is tried again. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(OptionalInt.empty(), Duration.ofSeconds(1), 2, Set.of());

    /** However large the backoff, nobody waits longer than that for another attempt. */
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    public RetryPolicy {
        on = Set.copyOf(on);
    }

    /** Whether it names a kernel's error, such as {@code ConnectionError}. */
    public boolean names(String error) {
        return on.stream().anyMatch(name -> new ErrorName(name).isNameOf(error));
    }

    /** How long to wait after so many attempts, from 1; an hour at most, unless the first delay is longer. */
    public Duration delayAfter(int attempt) {
        double millis = delay.toMillis() * Math.pow(backoff, attempt - 1.0);
        long most = Math.max(LONGEST_DELAY.toMillis(), delay.toMillis());
        return Duration.ofMillis((long) Math.min(millis, most));
    }
}
