package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that is over, for those that read it.
 *
 * @param outputSha256 of its executed notebook; null if it has none
 */
record Finished(
        String id,
        String label,
        JobState state,
        String output,
        Map<String, JsonNode> parameters,
        Map<String, JsonNode> results,
        @Nullable String outputSha256,
        Map<String, JobOutputs.Files> files) {}
