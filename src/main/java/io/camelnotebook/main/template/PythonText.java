package io.camelnotebook.main.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
import io.camelnotebook.notebook.PythonFloat;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.StringJoiner;

/** Values as text, as Python's {@code str} and {@code repr} write them. */
final class PythonText {

    private PythonText() {}

    /** The value as text by {@code !r}, {@code !a} or {@code !s}. */
    static JsonNode converted(JsonNode value, char conversion) {
        String text = conversion == 's' ? str(value) : repr(value);
        return JsonNodeFactory.instance.textNode(conversion == 'a' ? ascii(text) : text);
    }

    static String str(JsonNode value) {
        if (value instanceof POJONode node && node.getPojo() instanceof Temporal time) {
            return TimeFormat.str(time);
        }
        return value.isTextual() ? value.textValue() : repr(value);
    }

    static String repr(JsonNode value) {
        if (value instanceof POJONode) {
            return str(value);
        }
        return switch (value.getNodeType()) {
            case STRING -> quoted(value.textValue());
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case NUMBER -> value.isFloatingPointNumber() ? PythonFloat.repr(value.doubleValue()) : value.asText();
            case ARRAY -> {
                StringJoiner elements = new StringJoiner(", ", "[", "]");
                value.forEach(element -> elements.add(repr(element)));
                yield elements.toString();
            }
            case OBJECT -> {
                StringJoiner fields = new StringJoiner(", ", "{", "}");
                value.properties().forEach(field -> fields.add(quoted(field.getKey()) + ": " + repr(field.getValue())));
                yield fields.toString();
            }
            default -> "None";
        };
    }

    /** Text as a Python literal, in single quotes unless double ones save escapes. */
    static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                literal.append('\\').append((char) c);
            } else if (c == '\n') {
                literal.append("\\n");
            } else if (c == '\r') {
                literal.append("\\r");
            } else if (c == '\t') {
                literal.append("\\t");
            } else if (isPrintable(c)) {
                literal.appendCodePoint(c);
            } else {
                literal.append(escape(c));
            }
        });
        return literal.append(quote).toString();
    }

    private static String ascii(String text) {
        StringBuilder ascii = new StringBuilder();
        text.codePoints().forEach(c -> ascii.append(c < 0x7f ? Character.toString(c) : escape(c)));
        return ascii.toString();
    }

    private static boolean isPrintable(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static String escape(int c) {
        String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
        return String.format(Locale.ROOT, form, c);
    }
}
