package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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

    private final Writer out;
    private int depth;
    private boolean empty = true;

    PythonJson(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Writes a line break, and hands on all that was written. */
    void finish() throws IOException {
        out.write('\n');
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
        out.write(": ");
    }

    /** Begins an element of an array. */
    void element() throws IOException {
        if (!empty) {
            out.write(',');
        }
        lineBreak();
        empty = false;
    }

    void text(String text) throws IOException {
        text(text, 0, text.length());
    }

    /** Writes text as an array of its lines, which is how nbformat stores what may be long. */
    void lines(String text) throws IOException {
        lines(List.of(text));
    }

    /** The same for a text in pieces, none of which begins inside a line. */
    void lines(List<String> pieces) throws IOException {
        beginArray();
        for (String piece : pieces) {
            for (int start = 0; start < piece.length(); ) {
                int end = PythonLines.endOfLine(piece, start);
                element();
                text(piece, start, end);
                start = end;
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
            case NUMBER -> out.write(value.isIntegralNumber() ? value.asText() : number(value.doubleValue()));
            case BOOLEAN -> out.write(value.booleanValue() ? "true" : "false");
            case NULL, MISSING -> out.write("null");
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
        out.write(bracket);
        depth++;
        empty = true;
    }

    private void end(char bracket) throws IOException {
        depth--;
        if (!empty) {
            lineBreak();
        }
        out.write(bracket);
        empty = false;
    }

    private void lineBreak() throws IOException {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(' ');
        }
    }

    private void text(String text, int start, int end) throws IOException {
        out.write('"');
        int written = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !isUnpairedSurrogate(text, i, start, end)) {
                continue;
            }
            out.write(text, written, i - written);
            escape(c);
            written = i + 1;
        }
        out.write(text, written, end - written);
        out.write('"');
    }

    private void escape(char c) throws IOException {
        switch (c) {
            case '"' -> out.write("\\\"");
            case '\\' -> out.write("\\\\");
            case '\n' -> out.write("\\n");
            case '\r' -> out.write("\\r");
            case '\t' -> out.write("\\t");
            case '\f' -> out.write("\\f");
            case '\b' -> out.write("\\b");
            default -> {
                out.write("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.write(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
    }

    /** Such a character has no UTF-8; Python would fail here, we keep it as an escape. */
    private static boolean isUnpairedSurrogate(String text, int i, int start, int end) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? i + 1 == end || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == start || !Character.isHighSurrogate(text.charAt(i - 1));
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
