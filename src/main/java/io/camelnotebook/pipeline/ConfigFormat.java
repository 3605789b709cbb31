package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** The two kinds of config files. */
enum ConfigFormat {
    /** A map whose every value has {@code notebook}. */
    BATCH("batch", JsonPointer.empty()),
    /** A map with {@code jobs}. */
    PIPELINE("pipeline", JsonPointer.compile("/jobs"));

    private static final Set<String> KEYS_OF_A_PIPELINE =
            Set.of("jobs", "name", "defaults", "max_parallel", "on_failure", "publish", "schedule", "job");

    private final String schema;
    private final JsonPointer jobs;

    ConfigFormat(String schema, JsonPointer jobs) {
        this.schema = schema;
        this.jobs = jobs;
    }

    /** The name of the schema's definition. */
    String schema() {
        return schema;
    }

    /** Where the map of jobs or entries is. */
    JsonPointer jobs() {
        return jobs;
    }

    /** The format of a document; of one that is neither, the one it was probably meant to be. */
    static ConfigFormat of(ObjectNode root) {
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            boolean entry = field.getValue().path("notebook").isTextual();
            if (!entry && KEYS_OF_A_PIPELINE.contains(field.getKey())) {
                return PIPELINE;
            }
        }
        return BATCH;
    }
}
