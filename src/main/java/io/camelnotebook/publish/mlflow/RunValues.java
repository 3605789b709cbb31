package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parameters, metrics and tags of a run, in the form and with the limits that MLflow has for them. Values in objects have names
 * with dots. Not thread-safe.
 */
final class RunValues {

    private static final int LONGEST_PARAMETER = 6000;
    private static final int LONGEST_TAG = 5000;

    /** Of a longer list nobody draws each value. */
    private static final int MOST_STEPS = 10_000;

    /** What JSON has no numbers for, by the names that records and IPython have for it, and by those that MLflow takes. */
    private static final Map<String, String> NOT_FINITE = Map.of(
            "NaN", "NaN",
            "nan", "NaN",
            "Infinity", "Infinity",
            "inf", "Infinity",
            "-Infinity", "-Infinity",
            "-inf", "-Infinity");

    /** One of them, as the server wants it. */
    record Value(String kind, ObjectNode json) {}

    private final List<Value> values = new ArrayList<>();
    private final Names parameters = new Names();
    private final Names metrics = new Names();
    private final Names tags = new Names();
    private final long time;

    /** @param time of the metrics, in milliseconds since 1970 */
    RunValues(long time) {
        this.time = time;
    }

    List<Value> values() {
        return values;
    }

    /** What a notebook was given. */
    void parameter(String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(field -> parameter(name + "." + field.getKey(), field.getValue()));
        } else {
            add("params", parameters.of(name), Text.shortened(text(value), LONGEST_PARAMETER));
        }
    }

    /** What a notebook recorded: a number is a metric, a list of numbers one with steps, and anything else a tag. */
    void result(String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(field -> result(name + "." + field.getKey(), field.getValue()));
        } else if (isNumber(value)) {
            metric(metrics.of(name), value, 0);
        } else if (isSeries(value)) {
            String series = metrics.of(name);
            for (int step = 0; step < value.size(); step++) {
                // What is missing is null, as record() makes it of NaN.
                if (isNumber(value.get(step))) {
                    metric(series, value.get(step), step);
                }
            }
        } else {
            tag("results." + name, text(value));
        }
    }

    /** A number about the run; nothing if it is not known. */
    void metric(String name, JsonNode value) {
        if (isNumber(value)) {
            metric(metrics.of(name), value, 0);
        }
    }

    private void metric(String name, JsonNode value, int step) {
        ObjectNode metric = JsonNodeFactory.instance.objectNode();
        metric.put("key", name);
        if (value.isNumber()) {
            metric.set("value", value);
        } else {
            metric.put("value", NOT_FINITE.get(value.textValue()));
        }
        values.add(new Value("metrics", metric.put("timestamp", time).put("step", step)));
    }

    /** A tag; none if there is no text. */
    void tag(String name, String text) {
        if (!text.isEmpty()) {
            add("tags", tags.of(name), Text.shortened(text, LONGEST_TAG));
        }
    }

    private void add(String kind, String name, String text) {
        values.add(new Value(
                kind, JsonNodeFactory.instance.objectNode().put("key", name).put("value", text)));
    }

    private static boolean isNumber(JsonNode value) {
        return value.isNumber() || (value.isTextual() && NOT_FINITE.containsKey(value.textValue()));
    }

    private static boolean isSeries(JsonNode value) {
        return value.isArray()
                && value.size() <= MOST_STEPS
                && value.valueStream().allMatch(item -> item.isNull() || isNumber(item))
                && value.valueStream().anyMatch(RunValues::isNumber);
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
