package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Refuses what the grammar already has and the engine does not do yet, rather than to run as if it were not there. */
final class LaterFeatures {

    private static final List<String> OF_A_JOB = List.of("html");

    private final Problems problems;

    LaterFeatures(Problems problems) {
        this.problems = problems;
    }

    /** @param pipeline the document of a pipeline */
    void check(JsonNode pipeline) {
        JsonPointer defaults = JsonPointer.compile("/defaults");
        OF_A_JOB.forEach(key -> check(pipeline.path("defaults"), key, defaults));
        pipeline.path("jobs").properties().forEach(job -> {
            JsonPointer place = ConfigFormat.PIPELINE.jobs().appendProperty(job.getKey());
            OF_A_JOB.forEach(key -> check(job.getValue(), key, place));
        });
    }

    private void check(JsonNode settings, String key, JsonPointer place) {
        JsonNode value = settings.path(key);
        if (!isOff(value)) {
            problems.add(
                    place.appendProperty(key),
                    Words.quote(key) + (value.isContainerNode() ? "" : " of " + value.asText())
                            + " is not yet supported",
                    "remove it");
        }
    }

    /** Whether the value asks for what happens without it anyway. */
    private static boolean isOff(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty();
        }
        return value.isMissingNode()
                || value.isNull()
                || value.asText().equals("0")
                || value.asText().equals("false");
    }
}
