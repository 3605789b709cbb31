package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Brings documents of nbformat 2 and 3 to version 4, as nbformat does: the cells of all worksheets become one list,
 * headings become Markdown, and fields get the names they have today.
 */
final class NotebookUpgrade {

    private static final int MAX_LEVEL = 100;

    private final DocumentProblems problems;

    NotebookUpgrade(DocumentProblems problems) {
        this.problems = problems;
    }

    /** Changes the document in place, and notes what keeps it from being upgraded. */
    void upgrade(ObjectNode document) {
        OldLines lines = new OldLines(problems, document.path("nbformat").intValue() >= 3);
        JsonNode worksheets = document.path("worksheets");
        if (!worksheets.isArray()) {
            problem("/worksheets", "a list of worksheets", worksheets);
        }
        ArrayNode cells = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < worksheets.size(); i++) {
            String place = "/worksheets/" + i + "/cells";
            JsonNode ofOne = worksheets.get(i).path("cells");
            if (!ofOne.isArray()) {
                problem(place, "a list of cells", ofOne);
            }
            for (int j = 0; j < ofOne.size(); j++) {
                if (ofOne.get(j) instanceof ObjectNode cell) {
                    cell(place + "/" + j, cell, lines);
                    cells.add(cell);
                } else {
                    problem(place + "/" + j, "a cell, which is an object", ofOne.get(j));
                }
            }
        }
        document.remove(List.of("worksheets", "orig_nbformat", "orig_nbformat_minor"));
        document.put("nbformat", 4).put("nbformat_minor", Notebook.CURRENT_MINOR);
        document.set("cells", cells);
        if (document.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("name", "signature"));
        } else {
            problem("/metadata", "an object", document.path("metadata"));
        }
    }

    private void cell(String place, ObjectNode cell, OldLines lines) {
        if (cell.path("metadata").isMissingNode()) {
            cell.putObject("metadata");
        } else if (!cell.path("metadata").isObject()) {
            problem(place + "/metadata", "an object", cell.path("metadata"));
            return;
        }
        JsonNode type = cell.path("cell_type");
        switch (type.asText()) {
            case "code" -> code(place, cell, lines);
            case "heading" -> {
                lines.join(place, cell, "source", "rendered");
                heading(place, cell);
            }
            case "markdown", "raw", "html" -> {
                lines.join(place, cell, "source", "rendered");
                text(place, cell, "source");
                if (type.asText().equals("html")) {
                    cell.put("cell_type", "markdown");
                }
            }
            default -> problem(place + "/cell_type", "\"code\", \"markdown\", \"heading\", \"html\" or \"raw\"", type);
        }
    }

    private void code(String place, ObjectNode cell, OldLines lines) {
        lines.join(place, cell, "input");
        cell.remove("language");
        JsonNode collapsed = cell.remove("collapsed");
        if (collapsed != null) {
            cell.withObject("/metadata").set("collapsed", collapsed);
        }
        if (cell.path("input").isMissingNode()) {
            cell.put("input", "");
        }
        text(place, cell, "input");
        cell.set("source", cell.remove("input"));
        rename(cell, "prompt_number", "execution_count", cell.nullNode());
        JsonNode outputs = cell.path("outputs");
        if (!outputs.isArray()) {
            problem(place + "/outputs", "a list of outputs", outputs);
        }
        OutputUpgrade upgrade = new OutputUpgrade(problems, lines);
        for (int i = 0; i < outputs.size(); i++) {
            upgrade.output(place + "/outputs/" + i, outputs.get(i));
        }
    }

    private void heading(String place, ObjectNode cell) {
        JsonNode level = cell.path("level");
        int hashes = level.isMissingNode() ? 1 : level.intValue();
        if (!level.isMissingNode() && (!level.isInt() || hashes < 0 || hashes > MAX_LEVEL)) {
            problem(place + "/level", "the level of a heading, 1 to 6", level);
            return;
        }
        if (cell.path("source").isMissingNode()) {
            cell.put("source", "");
        }
        text(place, cell, "source");
        cell.remove("level");
        cell.put("cell_type", "markdown");
        List<String> words = PythonLines.split(cell.path("source").asText());
        cell.put("source", "#".repeat(hashes) + " " + String.join(" ", words));
    }

    private void text(String place, ObjectNode cell, String field) {
        if (!cell.path(field).isTextual()) {
            problem(place + "/" + field, "a string or a list of strings", cell.path(field));
        }
    }

    /** Gives a field its new name, or adds it with a value for want of one. */
    static void rename(ObjectNode object, String from, String to, JsonNode otherwise) {
        JsonNode value = object.remove(from);
        object.set(to, value == null ? otherwise : value);
    }

    private void problem(String place, String expected, JsonNode found) {
        problems.add(place, expected, found, NotebookCheck.SAVE_AGAIN);
    }
}
