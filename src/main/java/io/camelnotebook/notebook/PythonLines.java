package io.camelnotebook.notebook;

import java.util.ArrayList;
import java.util.List;

/** Where Python's {@code str.splitlines} ends a line, which is at more characters than Java's. */
final class PythonLines {

    private PythonLines() {}

    /** The index after the line that begins at {@code start}, its line ending included. */
    static int endOfLine(CharSequence text, int start) {
        int length = text.length();
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                return i + 1 < length && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            }
            if (endsLine(c)) {
                return i + 1;
            }
        }
        return length;
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
