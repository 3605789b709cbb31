package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the settings of jobs that the schema allows, with the pipeline's defaults. */
final class SettingsReader {

    private static final JsonPointer DEFAULTS = JsonPointer.compile("/defaults");

    private final Problems problems;
    private final PublishCheck publishCheck;
    private final JsonNode defaults;
    private final List<String> publish;

    /** @param publish where the pipeline publishes */
    SettingsReader(Problems problems, JsonNode defaults, List<String> publish) {
        this.problems = problems;
        this.publishCheck = new PublishCheck(problems);
        this.defaults = defaults;
        this.publish = publish;
    }

    JobSettings read(JsonNode job, JsonPointer place) {
        return new JobSettings(
                kernel(job, place),
                duration(job, "timeout", place),
                duration(job, "cell_timeout", place),
                cells(job),
                value(job, "strict_parameters").asBoolean(false),
                value(job, "priority").asInt(0),
                new RetriesReader(problems).read(value(job, "retries"), place(job, "retries", place)),
                value(job, "cache").asBoolean(false) && !job.has(MapReader.KEY),
                value(job, "html").asBoolean(false),
                new MapReader(problems).read(job, place),
                new ResourcesReader(problems).read(value(job, "resources"), place(job, "resources", place)),
                job.has("publish") ? publishCheck.read(job.path("publish"), place.appendProperty("publish")) : publish);
    }

    /** The job's value, or else the default; missing when there is neither. */
    JsonNode value(JsonNode job, String key) {
        JsonNode own = job.path(key);
        return own.isMissingNode() ? defaults.path(key) : own;
    }

    /** Where the value that {@link #value} gives is written. */
    JsonPointer place(JsonNode job, String key, JsonPointer place) {
        return (job.has(key) ? place : DEFAULTS).appendProperty(key);
    }

    JsonNode defaults() {
        return defaults;
    }

    private Optional<String> kernel(JsonNode job, JsonPointer place) {
        JsonNode kernel = value(job, "kernel");
        if (kernel instanceof MissingNode) {
            return Optional.empty();
        }
        if (Template.isTemplate(kernel.asText())) {
            problems.add(
                    place(job, "kernel", place),
                    "expressions ${…} are not allowed in 'kernel'",
                    "they may be in parameters, label, output, env and cwd");
        }
        return Optional.of(kernel.asText());
    }

    private CellRules cells(JsonNode job) {
        JsonNode allowed = value(job, "allow_errors");
        JsonNode tags = value(job, "skip_tags");
        return new CellRules(
                allowed.asBoolean(false),
                texts(allowed),
                tags.isMissingNode() ? CellRules.DEFAULT.skipTags() : texts(tags));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private Optional<Duration> duration(JsonNode job, String key, JsonPointer place) {
        JsonNode value = value(job, key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(value);
        if (duration.isEmpty()) {
            problems.add(
                    place(job, key, place),
                    "expected a duration of at most ten years, found " + Words.describe(value),
                    "such as 90s, 30m, 1h30m, PT5M or a number of seconds");
        }
        return duration.filter(limit -> !limit.isZero());
    }
}
