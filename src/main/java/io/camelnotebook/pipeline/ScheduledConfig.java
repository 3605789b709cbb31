package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A config file with a schedule: only that is checked of it, the rest when it runs. Not thread-safe. */
public final class ScheduledConfig {

    private static final ObjectWriter JSON = new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .without(JsonGenerator.Feature.QUOTE_NON_NUMERIC_NUMBERS);

    private final ObjectNode root;
    private final Schedule schedule;

    private ScheduledConfig(ObjectNode root, Schedule schedule) {
        this.root = root;
        this.schedule = schedule;
    }

    /**
     * Reads a config file.
     *
     * @throws ConfigException when it cannot be read, has no schedule, or one that is wrong
     */
    public static ScheduledConfig read(Path file) {
        ConfigDocument document = new DocumentReader(PipelineLimits.defaults()).read(file, file);
        Problems problems = new Problems(document, ConfigFormat.PIPELINE);
        boolean broken = new SchemaCheck(problems)
                .check(document.root(), ConfigFormat.PIPELINE)
                .contains(ScheduleReader.PLACE);
        Optional<Schedule> schedule =
                new ScheduleReader(problems).read(document.root().path("schedule"), broken);
        problems.throwIfAny();
        return new ScheduledConfig(
                document.root(),
                schedule.orElseThrow(() -> new ConfigException(List.of(ConfigProblem.ofFile(
                        file, "it has no 'schedule'", "drop it into the watched folder to run it once")))));
    }

    public Schedule schedule() {
        return schedule;
    }

    /** The same config without its schedule, as JSON: what one firing runs. */
    public byte[] unscheduled(String name) {
        ObjectNode copy = root.deepCopy();
        copy.remove("schedule");
        copy.put("name", name);
        try {
            return JSON.writeValueAsString(copy).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a config that was read cannot be written", e);
        }
    }
}
