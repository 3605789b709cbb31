package io.camelnotebook.pipeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text with {@code ${…}} in it: parts that stand as they are, and references to be replaced. {@code $${} stands for
 * the two characters <code>${</code>.
 */
record Template(List<Template.Part> parts) {

    private static final String OPEN = "${";
    private static final String ESCAPED = "$${";

    sealed interface Part permits Text, Reference {}

    /** A part that stands as it is. */
    record Text(String text) implements Part {}

    Template {
        parts = List.copyOf(parts);
    }

    /** Whether the text would be read differently as a template than as plain text. */
    static boolean isTemplate(String text) {
        return text.contains(OPEN);
    }

    /** The template whose value is the text itself, whatever is in it. */
    static Template literal(String text) {
        return new Template(List.of(new Text(text)));
    }

    /** @throws ExpressionException when an expression is not closed, or holds something else than names and dots */
    static Template parse(String source) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            if (source.startsWith(ESCAPED, at)) {
                text.append(OPEN);
                at += ESCAPED.length();
            } else if (source.startsWith(OPEN, at)) {
                int close = source.indexOf('}', at);
                if (close < 0) {
                    throw new ExpressionException("the expression " + Words.quote(source.substring(at))
                            + " has no closing '}'; write $${ for a plain ${");
                }
                if (!text.isEmpty()) {
                    parts.add(new Text(text.toString()));
                    text.setLength(0);
                }
                parts.add(reference(source.substring(at + OPEN.length(), close)));
                at = close + 1;
            } else {
                text.append(source.charAt(at++));
            }
        }
        if (!text.isEmpty() || parts.isEmpty()) {
            parts.add(new Text(text.toString()));
        }
        return new Template(parts);
    }

    List<Reference> references() {
        return parts.stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    /** Whether the value of this template is the value of its one reference, of whatever type. */
    boolean isOneReference() {
        return parts.size() == 1 && parts.get(0) instanceof Reference;
    }

    /** The text as it would be written in a config file. */
    @JsonValue
    @Override
    public String toString() {
        StringBuilder source = new StringBuilder();
        for (Part part : parts) {
            source.append(part instanceof Text text ? text.text().replace(OPEN, ESCAPED) : part.toString());
        }
        return source.toString();
    }

    private static Reference reference(String expression) {
        List<String> names =
                Arrays.stream(expression.split("\\.", -1)).map(String::strip).toList();
        if (names.stream().anyMatch(name -> name.isEmpty() || name.contains("{") || name.contains("$"))) {
            throw new ExpressionException(Words.quote(OPEN + expression + "}")
                    + " is not an expression: expected names with dots between them, such as ${matrix.model} or"
                    + " ${jobs.prepare.results.table}; write $${ for a plain ${");
        }
        return new Reference(names.get(0), names.subList(1, names.size()));
    }
}
