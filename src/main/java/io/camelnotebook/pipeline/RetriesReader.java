package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code retries} that the schema allows: a number, or a map. */
final class RetriesReader {

    private final Problems problems;

    RetriesReader(Problems problems) {
        this.problems = problems;
    }

    RetryPolicy read(JsonNode retries, JsonPointer place) {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        if (retries.isNumber()) {
            // Whoever writes a number wants the job to be tried again, whatever was wrong with it.
            return new RetryPolicy(
                    OptionalInt.of(retries.asInt() + 1),
                    usual.delay(),
                    usual.backoff(),
                    Set.of(RetryPolicy.ERROR, RetryPolicy.TIMEOUT));
        }
        if (!retries.isObject()) {
            return usual;
        }
        JsonNode attempts = retries.path("attempts");
        return new RetryPolicy(
                attempts.isInt() ? OptionalInt.of(attempts.intValue()) : OptionalInt.empty(),
                delay(retries.path("delay"), place.appendProperty("delay")),
                retries.path("backoff").asDouble(usual.backoff()),
                on(retries.path("on")));
    }

    private Duration delay(JsonNode delay, JsonPointer place) {
        if (delay.isMissingNode()) {
            return RetryPolicy.DEFAULT.delay();
        }
        Optional<Duration> duration = Durations.parse(delay);
        if (duration.isEmpty()) {
            problems.add(
                    place,
                    "expected a duration of at most ten years, found " + Words.describe(delay),
                    "such as 5s, 2m or a number of seconds");
        }
        return duration.orElse(RetryPolicy.DEFAULT.delay());
    }

    private static Set<String> on(JsonNode on) {
        Set<String> names = new HashSet<>();
        if (on.isTextual()) {
            names.add(on.textValue());
        }
        on.valueStream().map(JsonNode::asText).forEach(names::add);
        return names;
    }
}
