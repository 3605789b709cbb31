package io.camelnotebook.notebook;

import java.util.ArrayList;
import java.util.List;

/** Where Python's {@code str.splitlines} ends a line, which is at more characters than Java's. */
final class PythonLines {

    private PythonLines() {}

    /** Whether the character at an index is the last of a line ending. */
    static boolean endsAt(CharSequence text, int index) {
        char c = text.charAt(index);
        return c == '\r' ? index + 1 == text.length() || text.charAt(index + 1) != '\n' : endsLine(c);
    }

    /** The index after the line that begins at {@code start}, its line ending included. */
    private static int endOfLine(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (endsAt(text, i)) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** The lines of a text, without their line endings. */
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int next = endOfLine(text, start);
            int end = next;
            if (text.startsWith("\r\n", end - 2) && end - 2 >= start) {
                end -= 2;
            } else if (endsLine(text.charAt(end - 1)) || text.charAt(end - 1) == '\r') {
                end--;
            }
            lines.add(text.substring(start, end));
            start = next;
        }
        return lines;
    }

    private static boolean endsLine(char c) {
        if (c > 0x1e && c < 0x85) {
            return false;
        }
        return (c >= 0x0a && c <= 0x0c) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
