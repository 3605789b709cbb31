package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Joins text that documents of nbformat 2 and 3 keep in lines, in most of them without the line ends. */
final class OldLines {

    private final DocumentProblems problems;
    private final boolean mayHaveEnds;

    /**
     * @param mayHaveEnds whether lines may have their line ends, as in version 3, where the first line tells
     */
    OldLines(DocumentProblems problems, boolean mayHaveEnds) {
        this.problems = problems;
        this.mayHaveEnds = mayHaveEnds;
    }

    /** Joins those of the fields that are lists, in place. */
    void join(String place, ObjectNode object, String... fields) {
        for (String field : fields) {
            if (object.path(field).isArray()) {
                object.put(field, join(place + "/" + field, object.path(field)));
            }
        }
    }

    private String join(String place, JsonNode array) {
        List<String> lines = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isTextual()) {
                problems.add(place + "/" + i, "a string", array.get(i), NotebookCheck.SAVE_AGAIN);
            }
            lines.add(array.get(i).asText());
        }
        boolean haveEnds = mayHaveEnds
                && !lines.isEmpty()
                && (lines.get(0).endsWith("\n") || lines.get(0).endsWith("\r"));
        return String.join(haveEnds ? "" : "\n", lines);
    }
}
