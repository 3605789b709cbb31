package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/**
 * What became of the items of a chunk, as the results of its message tell.
 *
 * @param called whether the function was called at all; if not, the notebook could not define it
 * @param items how many were done, which may be the first ones only
 * @param failed for how many the function failed
 * @param seconds how long they took
 * @param next where the item after them begins
 */
public record ChunkOutcome(boolean called, int items, int failed, double seconds, long next) {

    private static final String CALLED = "called";
    private static final String DONE = "done";

    /** The results of a chunk's message, of what the kernel told. */
    public static Map<String, JsonNode> results(JsonNode done) {
        return Map.of(CALLED, BooleanNode.TRUE, DONE, done);
    }

    static ChunkOutcome of(JobResult result) {
        JsonNode done = result.results().getOrDefault(DONE, MissingNode.getInstance());
        return new ChunkOutcome(
                result.results().containsKey(CALLED),
                done.path("items").asInt(),
                done.path("failed").asInt(),
                done.path("seconds").asDouble(),
                done.path("next").asLong());
    }
}
