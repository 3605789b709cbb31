package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes out of an executed notebook what no two executions have in common, and nothing else: times, memory addresses,
 * process ids, folders, the random ids of widgets and of cells that had none. Chunks of a stream are joined, for kernels
 * cut them at will. What papermill's users expect in a notebook and nbclient does not write is taken out, too.
 */
final class Normaliser {

    private static final Pattern ADDRESS = Pattern.compile("\\b0x[0-9a-f]{8,16}\\b");
    private static final Pattern CELL_FILE = Pattern.compile("ipykernel_\\d+/\\d+\\.py");
    private static final Pattern CELL_FILE_NAME = Pattern.compile("\\(\\d{4,10}\\.py, line");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

    /** What nbformat and our engine give to cells without an id. The notebooks' own ids look otherwise. */
    private static final Pattern NEW_CELL_ID = Pattern.compile("[0-9a-f]{8}");

    private static final List<String> BLOCKS_OF_OURS = List.of("papermill", "camel_notebook");
    private static final String ERROR_MARKER = "papermill-error-cell-tag";

    private final Path folder;

    /** A normaliser for notebooks that were executed in a folder, or in one below it. */
    Normaliser(Path folder) {
        this.folder = folder;
    }

    /** Changes the notebook's document and verdict. */
    ExecutedNotebook normalise(ExecutedNotebook notebook) {
        JsonNode document = notebook.document();
        if (document instanceof ObjectNode object) {
            removeWhatIsOursAlone(object);
            for (JsonNode cell : document.path("cells")) {
                normaliseCell((ObjectNode) cell);
            }
            document = new WidgetIds(object).replaced();
        }
        return new ExecutedNotebook(
                withTexts(notebook.verdict(), this::withoutTraces), withTexts(document, this::withoutTraces));
    }

    private static void removeWhatIsOursAlone(ObjectNode document) {
        removeBlocks(document);
        Iterator<JsonNode> cells = document.path("cells").elements();
        while (cells.hasNext()) {
            JsonNode cell = cells.next();
            removeBlocks(cell);
            if (cell.at("/metadata/tags/0").asText().equals(ERROR_MARKER)) {
                cells.remove();
            }
        }
    }

    private static void removeBlocks(JsonNode owner) {
        if (owner.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BLOCKS_OF_OURS);
        }
    }

    private static void normaliseCell(ObjectNode cell) {
        if (NEW_CELL_ID.matcher(cell.path("id").asText()).matches()) {
            cell.put("id", "<new>");
        }
        if (cell.at("/metadata/execution") instanceof ObjectNode timing) {
            timing.properties().forEach(time -> {
                if (TIME.matcher(time.getValue().asText()).matches()) {
                    time.setValue(TextNode.valueOf("<time>"));
                }
            });
        }
        if (cell.path("outputs") instanceof ArrayNode outputs) {
            cell.set("outputs", withWholeStreams(outputs));
        }
    }

    private static ArrayNode withWholeStreams(ArrayNode outputs) {
        ArrayNode whole = outputs.arrayNode();
        for (JsonNode output : outputs) {
            if (output.path("output_type").asText().equals("stream")) {
                String text = joined(output.path("text"));
                JsonNode last = whole.path(whole.size() - 1);
                if (last.path("name").equals(output.path("name"))) {
                    ((ObjectNode) last).put("text", last.path("text").asText() + text);
                    continue;
                }
                ((ObjectNode) output).put("text", text);
            }
            whole.add(output);
        }
        return whole;
    }

    private static String joined(JsonNode lines) {
        StringBuilder text = new StringBuilder(lines.asText());
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    private String withoutTraces(String text) {
        String result = text.replace(folder.toString(), "<folder>");
        result = ADDRESS.matcher(result).replaceAll("0x<address>");
        result = CELL_FILE.matcher(result).replaceAll("ipykernel_<pid>/<cell>.py");
        return CELL_FILE_NAME.matcher(result).replaceAll("(<cell>.py, line");
    }

    /** A copy with every text changed, those of field names included. */
    static JsonNode withTexts(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                copy.set(change.apply(field.getKey()), withTexts(field.getValue(), change));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(element -> elements.add(withTexts(element, change)));
            return array.arrayNode().addAll(elements);
        }
        return node.isTextual() ? TextNode.valueOf(change.apply(node.textValue())) : node;
    }
}
