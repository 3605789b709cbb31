package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Writes JSON as Python's {@code json.dumps} does with {@code sort_keys}, an indent of one space and
 * {@code ensure_ascii=False}, piece by piece to a stream of UTF-8. Not thread-safe.
 */
final class PythonJson {

    /** Python's order of text: by code point, where Java's is by UTF-16 unit. */
    static final Comparator<String> BY_CODE_POINT = PythonJson::compareByCodePoint;

    private static final String HEX = "0123456789abcdef";

    /** The ASCII characters that are written as they are, and end no line. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (char c = ' '; c < PLAIN.length; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private final OutputStream out;

    // Large texts go through here, in one pass and without garbage: Java's own encoders take four.
    private final char[] chars = new char[1 << 13];
    private final byte[] bytes = new byte[1 << 16];

    private int filled;
    private int depth;
    private boolean empty = true;

    PythonJson(OutputStream out) {
        this.out = out;
    }

    /** Writes a line break, and hands on all that was written. */
    void finish() throws IOException {
        put('\n');
        handOn();
        out.flush();
    }

    void beginObject() throws IOException {
        begin('{');
    }

    void endObject() throws IOException {
        end('}');
    }

    void beginArray() throws IOException {
        begin('[');
    }

    void endArray() throws IOException {
        end(']');
    }

    void key(String name) throws IOException {
        element();
        text(name);
        ascii(": ");
    }

    /** Begins an element of an array. */
    void element() throws IOException {
        if (!empty) {
            put(',');
        }
        lineBreak();
        empty = false;
    }

    void text(String text) throws IOException {
        put('"');
        characters(text, false);
        put('"');
    }

    /** Writes text as an array of its lines, which is how nbformat stores what may be long. */
    void lines(String text) throws IOException {
        lines(List.of(text));
    }

    /** The same for a text in pieces, none of which begins inside a line. */
    void lines(List<String> pieces) throws IOException {
        beginArray();
        for (String piece : pieces) {
            if (!piece.isEmpty()) {
                element();
                put('"');
                characters(piece, true);
                put('"');
            }
        }
        endArray();
    }

    void value(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>(BY_CODE_POINT);
                value.forEachEntry(sorted::put);
                beginObject();
                for (var field : sorted.entrySet()) {
                    key(field.getKey());
                    value(field.getValue());
                }
                endObject();
            }
            case ARRAY -> {
                beginArray();
                for (JsonNode element : value) {
                    element();
                    value(element);
                }
                endArray();
            }
            case STRING -> text(value.textValue());
            case NUMBER -> ascii(value.isIntegralNumber() ? value.asText() : number(value.doubleValue()));
            case BOOLEAN -> ascii(value.booleanValue() ? "true" : "false");
            case NULL, MISSING -> ascii("null");
            default -> text(value.asText());
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return PythonFloat.repr(value);
    }

    private void begin(char bracket) throws IOException {
        put(bracket);
        depth++;
        empty = true;
    }

    private void end(char bracket) throws IOException {
        depth--;
        if (!empty) {
            lineBreak();
        }
        put(bracket);
        empty = false;
    }

    private void lineBreak() throws IOException {
        put('\n');
        for (int i = 0; i < depth; i++) {
            put(' ');
        }
    }

    /** Writes characters of a text; each line but the first as an element of its own, if that is asked for. */
    private void characters(String text, boolean inLines) throws IOException {
        for (int start = 0; start < text.length(); start += chars.length) {
            int count = Math.min(chars.length, text.length() - start);
            text.getChars(start, start + count, chars, 0);
            for (int i = plain(0, count); i < count; i = plain(i + 1, count)) {
                int at = start + i;
                special(text, at);
                if (inLines && at + 1 < text.length() && PythonLines.endsAt(text, at)) {
                    put('"');
                    element();
                    put('"');
                }
            }
        }
    }

    /** Writes the plain characters that come first, and says where others begin. */
    private int plain(int first, int count) throws IOException {
        if (count - first > bytes.length - filled) {
            handOn();
        }
        int end = filled;
        int i = first;
        while (i < count && chars[i] < PLAIN.length && PLAIN[chars[i]]) {
            bytes[end++] = (byte) chars[i++];
        }
        filled = end;
        return i;
    }

    private void special(String text, int at) throws IOException {
        char c = text.charAt(at);
        if (c < PLAIN.length) {
            escape(c);
        } else if (c < 0x800) {
            put(0xc0 | c >> 6);
            put(0x80 | c & 0x3f);
        } else if (!Character.isSurrogate(c)) {
            put(0xe0 | c >> 12);
            put(0x80 | c >> 6 & 0x3f);
            put(0x80 | c & 0x3f);
        } else if (Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1))) {
            int codePoint = Character.toCodePoint(text.charAt(at - 1), c);
            put(0xf0 | codePoint >> 18);
            put(0x80 | codePoint >> 12 & 0x3f);
            put(0x80 | codePoint >> 6 & 0x3f);
            put(0x80 | codePoint & 0x3f);
        } else if (Character.isLowSurrogate(c)
                || at + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(at + 1))) {
            // Half a pair has no UTF-8; Python would fail here, we keep it as an escape.
            escape(c);
        }
    }

    private void escape(char c) throws IOException {
        switch (c) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            case '\f' -> ascii("\\f");
            case '\b' -> ascii("\\b");
            default -> {
                ascii("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    put(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
    }

    private void ascii(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(int value) throws IOException {
        if (filled == bytes.length) {
            handOn();
        }
        bytes[filled++] = (byte) value;
    }

    private void handOn() throws IOException {
        out.write(bytes, 0, filled);
        filled = 0;
    }

    private static int compareByCodePoint(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xIsHigh = Character.isSurrogate(x);
                return xIsHigh == Character.isSurrogate(y) ? Character.compare(x, y) : xIsHigh ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** The names of an object's fields in the order in which Python writes them. */
    static List<String> sortedNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(BY_CODE_POINT);
        return names;
    }
}
