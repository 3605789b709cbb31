package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a notebook of the JSON of its document, and refuses what is none with the place that is at fault. */
final class NotebookDocument {

    private static final int MAJOR = 4;
    private static final String REMEDY_SAVE_AGAIN = "open it in Jupyter and save it again";

    private final String name;

    NotebookDocument(String nameForErrors) {
        this.name = nameForErrors;
    }

    Notebook notebook(JsonNode document) throws NotebookFormatException {
        if (!(document instanceof ObjectNode fields)) {
            throw refusal("", "an object with nbformat, metadata and cells", document, "give the path of a notebook");
        }
        checkVersion(fields.path("nbformat"));
        checkObjectIfPresent(fields, "", "metadata");
        JsonNode cellNodes = fields.path("cells");
        if (!cellNodes.isArray()) {
            throw refusal("/cells", "a list of cells", cellNodes, REMEDY_SAVE_AGAIN);
        }
        fields.remove("cells");
        List<Cell> cells = new ArrayList<>(cellNodes.size());
        for (int i = 0; i < cellNodes.size(); i++) {
            cells.add(cell("/cells/" + i, cellNodes.get(i)));
        }
        Notebook notebook = new Notebook(fields, cells);
        if (notebook.hasCellIds()) {
            CellIds.repair(cells);
        }
        return notebook;
    }

    private void checkVersion(JsonNode version) throws NotebookFormatException {
        if (!version.isIntegralNumber()) {
            throw refusal("/nbformat", "the number " + MAJOR, version, "give the path of a notebook of nbformat 4");
        }
        int major = version.bigIntegerValue().bitLength() < Integer.SIZE ? version.intValue() : Integer.MAX_VALUE;
        if (major < MAJOR) {
            throw refusal(
                    "/nbformat",
                    "the number " + MAJOR,
                    version,
                    "upgrade it with: jupyter nbconvert --to notebook --nbformat 4 --output upgraded.ipynb " + name);
        }
        if (major > MAJOR) {
            throw refusal("/nbformat", "the number " + MAJOR, version, "save it as nbformat 4: no newer one is known");
        }
    }

    private Cell cell(String place, JsonNode node) throws NotebookFormatException {
        if (!(node instanceof ObjectNode fields)) {
            throw refusal(place, "a cell, which is an object", node, REMEDY_SAVE_AGAIN);
        }
        JsonNode typeName = fields.path("cell_type");
        CellType type = CellType.of(typeName.asText())
                .orElseThrow(() -> refusal(
                        place + "/cell_type", "\"code\", \"markdown\" or \"raw\"", typeName, REMEDY_SAVE_AGAIN));
        checkObjectIfPresent(fields, place, "metadata");
        JsonNode sourceNode = fields.path("source");
        String source = MimeBundles.joined(sourceNode)
                .orElseThrow(() -> refusal(
                        place + "/source", "text, or a list of nothing but text", sourceNode, REMEDY_SAVE_AGAIN));
        fields.remove("source");
        fields.path("attachments").forEach(MimeBundles::join);
        Cell cell = new Cell(type, source, fields);
        if (type != CellType.CODE) {
            return cell;
        }
        JsonNode outputs = fields.path("outputs");
        if (!outputs.isMissingNode() && !outputs.isArray()) {
            throw refusal(place + "/outputs", "a list of outputs", outputs, REMEDY_SAVE_AGAIN);
        }
        fields.remove("outputs");
        for (int i = 0; i < outputs.size(); i++) {
            cell.outputs().add(output(place + "/outputs/" + i, outputs.get(i)));
        }
        return cell;
    }

    private Output output(String place, JsonNode node) throws NotebookFormatException {
        if (!(node instanceof ObjectNode json)) {
            throw refusal(place, "an output, which is an object", node, REMEDY_SAVE_AGAIN);
        }
        String type = json.path("output_type").asText();
        if (MimeBundles.areIn(type)) {
            MimeBundles.join(json.path("data"));
            return new JsonOutput(json);
        }
        MimeBundles.joined(json.path("text")).ifPresent(text -> json.set("text", TextNode.valueOf(text)));
        // With anything beside these three it stays JSON, so that nothing is lost.
        if (type.equals("stream")
                && json.size() == 3
                && json.path("name").isTextual()
                && json.path("text").isTextual()) {
            return StreamOutput.ofDocument(
                    json.path("name").textValue(), json.path("text").textValue());
        }
        return new JsonOutput(json);
    }

    private void checkObjectIfPresent(ObjectNode fields, String place, String field) throws NotebookFormatException {
        JsonNode value = fields.path(field);
        if (!value.isMissingNode() && !value.isObject()) {
            throw refusal(place + "/" + field, "an object", value, REMEDY_SAVE_AGAIN);
        }
    }

    private NotebookFormatException refusal(String place, String expected, JsonNode found, String remedy) {
        String where = place.isEmpty() ? "" : ", at " + place;
        return new NotebookFormatException(
                name + where + ": expected " + expected + ", found " + describe(found) + "; " + remedy);
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "nothing";
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> {
                String json = node.toString();
                yield json.length() <= 40 ? json : json.substring(0, 40) + "…";
            }
        };
    }
}
