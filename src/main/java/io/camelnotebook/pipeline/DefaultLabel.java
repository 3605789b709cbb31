package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.stream.Collectors;

/** The label of a matrix job whose config gives none: its values joined with {@code -}, made safe. */
final class DefaultLabel {

    /** Leaves room for the index within the bytes of a label when every character takes four. */
    private static final int SHORTENED = 40;

    private DefaultLabel() {}

    /** @param index tells apart labels that have to be shortened */
    static String of(Collection<JsonNode> values, int index) {
        String label = safe(values.stream().map(Words::plain).collect(Collectors.joining("-")));
        if (LabelRule.violation(label).isEmpty()) {
            return label;
        }
        int length = Math.min(SHORTENED, label.codePointCount(0, label.length()));
        return (label.substring(0, label.offsetByCodePoints(0, length)) + "-" + index).strip();
    }

    private static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> safe.appendCodePoint(LabelRule.isForbidden(c) ? '_' : c));
        return safe.toString().strip();
    }
}
