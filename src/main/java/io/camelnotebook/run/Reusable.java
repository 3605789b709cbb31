package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A job that has succeeded, and may stand for another that would do the same.
 *
 * @param output the path of its executed notebook
 * @param outputSha256 of that file, as it was left
 * @param results what it recorded
 * @param files what else it left
 */
public record Reusable(
        JobOutputs.Origin origin,
        String output,
        String outputSha256,
        Map<String, JsonNode> results,
        Map<String, JobOutputs.Files> files) {}
