package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Checks the structure of a document of nbformat 4: everything without which its cells could not be run, or would be
 * run other than their author meant, or could not be written back. It asks for less than nbformat's schema, which
 * nbformat itself only warns of: what is unknown is welcome anywhere.
 */
final class NotebookCheck {

    static final String SAVE_AGAIN = "open it in Jupyter and save it again";

    private static final String LINES = "a string or a list of strings";

    private final DocumentProblems problems;
    private boolean ofLaterMinor;
    private boolean withIds;

    NotebookCheck(DocumentProblems problems) {
        this.problems = problems;
    }

    /** Notes what is wrong with the document. */
    void check(ObjectNode document) {
        JsonNode minor = document.path("nbformat_minor");
        if (!minor.isMissingNode()
                && (!minor.isIntegralNumber() || minor.bigIntegerValue().signum() < 0)) {
            problem("/nbformat_minor", "a whole number, such as " + Notebook.CURRENT_MINOR, minor);
        }
        ofLaterMinor = Notebook.minor(document) > Notebook.CURRENT_MINOR;
        withIds = Notebook.minor(document) >= Notebook.CURRENT_MINOR;
        object(document, "", "metadata");
        JsonNode cells = document.path("cells");
        if (!cells.isArray()) {
            problem("/cells", "a list of cells", cells);
        }
        for (int i = 0; i < cells.size(); i++) {
            cell("/cells/" + i, cells.get(i));
        }
    }

    private void cell(String place, JsonNode cell) {
        if (!cell.isObject()) {
            problem(place, "a cell, which is an object", cell);
            return;
        }
        JsonNode type = cell.path("cell_type");
        if (!type.isTextual() || (CellType.of(type.textValue()).isEmpty() && !ofLaterMinor)) {
            problem(place + "/cell_type", "\"code\", \"markdown\" or \"raw\"", type);
        }
        JsonNode id = cell.path("id");
        if (withIds && id.isContainerNode()) {
            problem(place + "/id", "a string", id);
        }
        object(cell, place, "metadata");
        JsonNode tags = cell.path("metadata").path("tags");
        if (!tags.isMissingNode() && !tags.isArray()) {
            problem(place + "/metadata/tags", "a list of strings", tags);
        }
        lines(cell, place, "source");
        attachments(place + "/attachments", cell.path("attachments"));
        if (type.asText().equals(CellType.CODE.jsonName())) {
            outputs(place + "/outputs", cell.path("outputs"));
        }
    }

    private void attachments(String place, JsonNode attachments) {
        if (!attachments.isMissingNode() && !attachments.isObject()) {
            problem(place, "an object", attachments);
        }
        for (Map.Entry<String, JsonNode> attachment : attachments.properties()) {
            if (!attachment.getValue().isObject()) {
                problem(
                        DocumentProblems.field(place, attachment.getKey()),
                        "an object with data by MIME type",
                        attachment.getValue());
            }
        }
    }

    private void outputs(String place, JsonNode outputs) {
        if (!outputs.isMissingNode() && !outputs.isArray()) {
            problem(place, "a list of outputs", outputs);
            return;
        }
        for (int i = 0; i < outputs.size(); i++) {
            output(place + "/" + i, outputs.get(i));
        }
    }

    private void output(String place, JsonNode output) {
        if (!output.isObject()) {
            problem(place, "an output, which is an object", output);
            return;
        }
        JsonNode type = output.path("output_type");
        if (!type.isTextual()) {
            problem(place + "/output_type", "a string", type);
        }
        if (MimeBundles.areIn(type.asText())) {
            if (!output.path("data").isMissingNode()) {
                object(output, place, "data");
            }
        } else if (type.asText().equals("stream") || output.path("text").isArray()) {
            lines(output, place, "text");
        }
    }

    private void object(JsonNode parent, String place, String field) {
        if (!parent.path(field).isObject()) {
            problem(place + "/" + field, "an object", parent.path(field));
        }
    }

    private void lines(JsonNode parent, String place, String field) {
        JsonNode lines = parent.path(field);
        if (!lines.isArray() && !lines.isTextual()) {
            problem(place + "/" + field, LINES, lines);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isTextual()) {
                problem(place + "/" + field + "/" + i, "a string", lines.get(i));
            }
        }
    }

    private void problem(String place, String expected, JsonNode found) {
        problems.add(place, expected, found, SAVE_AGAIN);
    }
}
