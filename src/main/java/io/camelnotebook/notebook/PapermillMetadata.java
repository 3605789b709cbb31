package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Keeps {@code metadata.papermill} of a notebook and of its cells, in papermill's words, so that its readers find what
 * they expect. Unlike papermill, a cell that never ran stays {@code pending}. Not thread-safe.
 */
public final class PapermillMetadata {

    private static final String KEY = "papermill";
    private static final String START_TIME = "start_time";
    private static final String END_TIME = "end_time";
    private static final String DURATION = "duration";
    private static final String EXCEPTION = "exception";
    private static final String STATUS = "status";

    // As Python's isoformat has them: microseconds, or none at all.
    private static final DateTimeFormatter WITH_MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WHOLE_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

    private final Notebook notebook;
    private final Map<ObjectNode, Instant> starts = new IdentityHashMap<>();

    public PapermillMetadata(Notebook notebook) {
        this.notebook = notebook;
    }

    /**
     * Records what is going to be run. NaN and infinities, which JSON does not have, are recorded as text.
     *
     * @param version of the engine that runs it
     */
    public void describe(Map<String, JsonNode> parameters, String inputPath, String outputPath, String version) {
        ObjectNode block = block(notebook.metadata());
        ObjectNode recorded = block.putObject("parameters");
        parameters.forEach((name, value) -> recorded.set(name, asValidJson(value)));
        for (String object : new String[] {"default_parameters", "environment_variables"}) {
            if (!block.path(object).isObject()) {
                block.putObject(object);
            }
        }
        block.put("version", version);
        block.put("input_path", inputPath);
        block.put("output_path", outputPath);
    }

    /** Records the start; every cell is pending from now on. */
    public void notebookStarted(Instant at) {
        started(reset(block(notebook.metadata())), at);
        for (Cell cell : notebook.cells()) {
            reset(cell.metadata().putObject(KEY)).put(STATUS, "pending");
        }
    }

    public void cellStarted(Cell cell, Instant at) {
        ObjectNode block = block(cell.metadata());
        started(block, at);
        block.put(STATUS, "running");
        block.put(EXCEPTION, false);
    }

    public void cellCompleted(Cell cell, Instant at) {
        ended(block(cell.metadata()), at).put(STATUS, "completed");
    }

    /** Records that a cell began and did not complete, for whatever reason. */
    public void cellFailed(Cell cell, Instant at) {
        ended(block(cell.metadata()), at).put(STATUS, "failed").put(EXCEPTION, true);
    }

    /** Records the end; {@code exception} is true whenever the notebook did not succeed. */
    public void notebookEnded(Instant at, boolean succeeded) {
        ObjectNode block = ended(block(notebook.metadata()), at);
        if (!succeeded) {
            block.put(EXCEPTION, true);
        }
    }

    private static ObjectNode block(ObjectNode metadata) {
        return metadata.path(KEY) instanceof ObjectNode block ? block : metadata.putObject(KEY);
    }

    private static ObjectNode reset(ObjectNode block) {
        return block.putNull(EXCEPTION).putNull(START_TIME).putNull(END_TIME).putNull(DURATION);
    }

    private void started(ObjectNode block, Instant at) {
        block.put(START_TIME, iso(at));
        starts.put(block, at.truncatedTo(ChronoUnit.MICROS));
    }

    private ObjectNode ended(ObjectNode block, Instant at) {
        block.put(END_TIME, iso(at));
        Instant start = starts.remove(block);
        if (start != null) {
            Duration duration = Duration.between(start, at.truncatedTo(ChronoUnit.MICROS));
            block.put(DURATION, duration.toNanos() / 1e9);
        }
        return block;
    }

    private static String iso(Instant at) {
        Instant micros = at.truncatedTo(ChronoUnit.MICROS);
        return (micros.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? WHOLE_SECONDS : WITH_MICROSECONDS).format(micros);
    }

    private static JsonNode asValidJson(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.forEachEntry((name, element) -> copy.set(name, asValidJson(element)));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(asValidJson(element)));
            return copy;
        }
        boolean isNumber = !value.isFloatingPointNumber() || Double.isFinite(value.doubleValue());
        return isNumber ? value : TextNode.valueOf(value.asText());
    }
}
