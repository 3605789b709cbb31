package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;

/**
 * Reads JSON with strings of many megabytes: a string is unescaped where it stands, which spoils the bytes, and copied
 * once. Jackson, which takes four times a string's length while it reads it, is asked for all that is not large. What is
 * not UTF-8 is replaced. Not thread-safe.
 */
final class LargeJson {

    /** As deep as Jackson reads. */
    private static final int DEEPEST = 1000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What reads a part that is small, or has what only few have. */
    @FunctionalInterface
    interface Parser {
        JsonNode parse(byte[] bytes, int offset, int length) throws IOException;
    }

    private final byte[] bytes;
    private final Parser small;
    private int at;

    private LargeJson(byte[] bytes, Parser small) {
        this.bytes = bytes;
        this.small = small;
    }

    /**
     * The value that the bytes are.
     *
     * @throws JsonProcessingException if they are not one
     */
    static JsonNode read(byte[] bytes, Parser small) throws IOException {
        LargeJson json = new LargeJson(bytes, small);
        JsonNode value = json.value(DEEPEST);
        json.skipSpace();
        if (json.at < bytes.length) {
            throw json.problem("the end");
        }
        return value;
    }

    private JsonNode value(int depth) throws IOException {
        if (depth == 0) {
            throw problem("less than " + DEEPEST + " values in one another");
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> TextNode.valueOf(string());
            default -> scalar();
        };
    }

    private ObjectNode object(int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        at++;
        for (boolean first = true; next() != '}'; first = false) {
            separated(first);
            if (next() != '"') {
                throw problem("a name");
            }
            String name = string();
            if (next() != ':') {
                throw problem("a colon");
            }
            at++;
            object.set(name, value(depth - 1));
        }
        at++;
        return object;
    }

    private ArrayNode array(int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        at++;
        for (boolean first = true; next() != ']'; first = false) {
            separated(first);
            array.add(value(depth - 1));
        }
        at++;
        return array;
    }

    private void separated(boolean first) throws IOException {
        if (!first) {
            if (next() != ',') {
                throw problem("a comma");
            }
            at++;
        }
    }

    /** A number, or a word. */
    private JsonNode scalar() throws IOException {
        int start = at;
        while (at < bytes.length && " \t\r\n,:]}[{\"".indexOf(bytes[at]) < 0) {
            at++;
        }
        if (at == start) {
            throw problem("a value");
        }
        return small.parse(bytes, start, at - start);
    }

    private String string() throws IOException {
        int start = ++at;
        int end = start;
        int all = 0;
        while (true) {
            int plain = at;
            int i = plain;
            byte b = 0;
            while (i < bytes.length && (b = bytes[i]) != '"' && b != '\\' && (b >= ' ' || b < 0)) {
                all |= b;
                i++;
            }
            if (end != plain) {
                System.arraycopy(bytes, plain, bytes, end, i - plain);
            }
            end += i - plain;
            at = i;
            if (i == bytes.length || (b != '"' && b != '\\')) {
                throw problem("the end of a string");
            }
            if (b == '"') {
                at++;
                return text(start, end, all);
            }
            int character = escaped();
            if (character < 0) {
                return text(start, end, all) + rest();
            }
            bytes[end++] = (byte) character;
        }
    }

    private String text(int start, int end, int all) {
        return new String(bytes, start, end - start, all >= 0 ? ISO_8859_1 : UTF_8);
    }

    /** The ASCII character of the escape that begins here, whose end is then reached; -1 if it is none. */
    private int escaped() {
        int kind = at + 1 < bytes.length ? bytes[at + 1] : -1;
        int character = switch (kind) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> kind;
            case 'u' -> asciiInHex();
            default -> -1;
        };
        if (character >= 0) {
            at += kind == 'u' ? 6 : 2;
        }
        return character;
    }

    private int asciiInHex() {
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = i < bytes.length ? Character.digit(bytes[i], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code < 0x80 ? code : -1;
    }

    /** What is left of a string, from an escape that is not of an ASCII character. */
    private String rest() throws IOException {
        int start = at;
        while (at < bytes.length && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= bytes.length) {
            throw problem("the end of a string");
        }
        // Before a backslash there is always the opening quotation mark, or a character that was taken already.
        bytes[start - 1] = '"';
        at++;
        return small.parse(bytes, start - 1, at - start + 1).textValue();
    }

    private int next() throws IOException {
        skipSpace();
        if (at == bytes.length) {
            throw problem("more");
        }
        return bytes[at];
    }

    private void skipSpace() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private JsonParseException problem(String expected) {
        return new JsonParseException(null, "expected " + expected + " at byte " + Math.min(at, bytes.length));
    }
}
