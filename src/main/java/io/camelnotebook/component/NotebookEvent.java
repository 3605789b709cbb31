package io.camelnotebook.component;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Something that happened to a run, a job or a cell.
 *
 * @param envelope its CloudEvents 1.0 envelope, which nobody changes any more
 */
record NotebookEvent(ObjectNode envelope) {

    private static final String NAMESPACE = "io.camelnotebook.";

    /** An attribute of the envelope. */
    String text(String attribute) {
        return envelope.path(attribute).asText();
    }

    /** Something about what it happened to. */
    String data(String field) {
        return envelope.path("data").path(field).asText();
    }

    /** The type without the namespace, such as {@code job.failed}. */
    private String shortType() {
        return text("type").substring(NAMESPACE.length());
    }

    /** Whether it is about a single cell: there are many of these, and the next job event tells the same. */
    boolean isOfCell() {
        return shortType().startsWith("cell.");
    }

    /** Whether one of the patterns matches its type; {@code *} at the end of one stands for anything. */
    boolean matches(List<String> patterns) {
        return patterns.stream().anyMatch(this::matches);
    }

    private boolean matches(String pattern) {
        return pattern.endsWith("*")
                ? shortType().startsWith(pattern.substring(0, pattern.length() - 1))
                : shortType().equals(pattern);
    }
}
