package io.camelnotebook.notebook.parameters;

import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** Text in languages of the JVM, where a class file holds at most 65,535 bytes of one constant. */
final class JvmText {

    // Three bytes each at most.
    private static final int MAX_CHARS = 20_000;

    private JvmText() {}

    /**
     * The literal of a text, or an expression that joins it of its pieces.
     *
     * @param quoted the literal of a piece
     * @param join the expression that joins literals that are separated by commas
     */
    static String literal(String text, UnaryOperator<String> quoted, UnaryOperator<String> join) {
        if (text.length() <= MAX_CHARS) {
            return quoted.apply(text);
        }
        StringJoiner pieces = new StringJoiner(", ");
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + MAX_CHARS);
            if (end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end))) {
                end--;
            }
            pieces.add(quoted.apply(text.substring(start, end)));
            start = end;
        }
        return join.apply(pieces.toString());
    }
}
