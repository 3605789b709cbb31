package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a document, each with the JSON pointer to its place. Not thread-safe. */
final class DocumentProblems {

    private static final int MAX_TOLD = 5;
    private static final int MAX_FOUND_LENGTH = 40;

    private final String name;
    private final List<String> told = new ArrayList<>();
    private int untold;
    private String remedy = "";

    DocumentProblems(String nameForErrors) {
        this.name = nameForErrors;
    }

    /** Notes a problem; the remedy of the first is the one that is told. */
    void add(String pointer, String expected, JsonNode found, String remedy) {
        if (told.isEmpty()) {
            this.remedy = remedy;
        }
        if (told.size() == MAX_TOLD) {
            untold++;
        } else {
            String place = pointer.isEmpty() ? "" : "at " + pointer + ": ";
            told.add(place + "expected " + expected + ", found " + describe(found));
        }
    }

    /** Refuses the document if anything is wrong with it. */
    void throwIfAny() throws NotebookFormatException {
        if (!told.isEmpty()) {
            throw refusal();
        }
    }

    NotebookFormatException refusal() {
        String all = String.join("; ", told) + (untold == 0 ? "" : "; and " + untold + " more like these");
        return new NotebookFormatException(name + (all.startsWith("at ") ? ", " : ": ") + all + "; " + remedy);
    }

    /** The pointer to a field of what another pointer points to. */
    static String field(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "nothing";
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> {
                String json = node.toString();
                yield json.length() <= MAX_FOUND_LENGTH ? json : json.substring(0, MAX_FOUND_LENGTH) + "…";
            }
        };
    }
}
