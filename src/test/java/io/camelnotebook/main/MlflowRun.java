package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** A run as the tracking server tells of it. */
record MlflowRun(JsonNode json) {

    String id() {
        return json.path("info").path("run_id").asText();
    }

    String experiment() {
        return json.path("info").path("experiment_id").asText();
    }

    String name() {
        return json.path("info").path("run_name").asText();
    }

    String status() {
        return json.path("info").path("status").asText();
    }

    long seconds() {
        return (json.path("info").path("end_time").asLong()
                        - json.path("info").path("start_time").asLong())
                / 1000;
    }

    String tag(String key) {
        return values("tags").getOrDefault(key, "");
    }

    /** The id of the run that it is nested under; empty if it is not. */
    String parent() {
        return tag("mlflow.parentRunId");
    }

    String eventId() {
        return tag("camel_notebook.event_id");
    }

    /** The {@code params}, {@code metrics} or {@code tags}. */
    Map<String, String> values(String kind) {
        Map<String, String> values = new TreeMap<>();
        json.path("data")
                .path(kind)
                .forEach(value -> values.put(
                        value.path("key").asText(), value.path("value").asText()));
        return values;
    }
}
