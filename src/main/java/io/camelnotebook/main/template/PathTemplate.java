package io.camelnotebook.main.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A path with fields in braces, which means what Python's {@code str.format} makes of it: {@code {a}},
 * {@code {b[k]}}, {@code {n:03d}}, {@code {x!r:>{width}}}, and two braces for one.
 */
public final class PathTemplate {

    /** Python's own limit: a field in the format of a field, and none in that. */
    private static final int MAX_DEPTH = 2;

    private final String text;
    private final FieldValues values;
    private int at;

    private PathTemplate(String text, FieldValues values) {
        this.text = text;
        this.values = values;
    }

    /**
     * Fills in a template.
     *
     * @param values by name; times are nodes that hold a {@link java.time.OffsetDateTime} or a
     *     {@link java.time.LocalDateTime}
     * @throws TemplateException if the template is none, or a value is not there or cannot be written as asked
     */
    public static String expand(String template, ObjectNode values) {
        return new PathTemplate(template, new FieldValues(values)).expand(MAX_DEPTH);
    }

    private String expand(int depth) {
        if (depth == 0) {
            throw new TemplateException("fields are nested too deep: expected a field in a format at most");
        }
        StringBuilder result = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '{' && c != '}') {
                result.append(c);
            } else if (at < text.length() && text.charAt(at) == c) {
                result.append(c);
                at++;
            } else if (c == '}') {
                throw new TemplateException("a '}' without its '{'; write '}}' for a brace");
            } else {
                result.append(field(depth));
            }
        }
        return result.toString();
    }

    private String field(int depth) {
        String name = name();
        JsonNode value = values.get(name);
        char end = text.charAt(at++);
        if (end == '!') {
            value = converted(value);
            end = text.charAt(at++);
        }
        String format = end == ':' ? format() : "";
        if (format.indexOf('{') >= 0 || format.indexOf('}') >= 0) {
            format = new PathTemplate(format, values).expand(depth - 1);
        }
        return ValueFormat.format(value, format);
    }

    /** What stands before {@code !}, {@code :} or the closing brace, where it stops. */
    private String name() {
        int start = at;
        boolean inBrackets = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '{') {
                throw new TemplateException("a '{' inside of a field; write '{{' for a brace");
            }
            if (c == '[' || c == ']') {
                inBrackets = c == '[';
            } else if (!inBrackets && (c == '}' || c == ':' || c == '!')) {
                return text.substring(start, at);
            }
        }
        throw unclosed();
    }

    private JsonNode converted(JsonNode value) {
        if (at + 1 >= text.length()) {
            throw unclosed();
        }
        char conversion = text.charAt(at++);
        char next = text.charAt(at);
        if ("rsa".indexOf(conversion) < 0 || (next != ':' && next != '}')) {
            throw new TemplateException("expected !r, !s or !a and then ':' or '}' after a field's name");
        }
        return PythonText.converted(value, conversion);
    }

    /** What stands after the colon, up to the brace that closes the field, and goes past it. */
    private String format() {
        int start = at;
        int open = 1;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open == 0) {
                return text.substring(start, at++);
            }
        }
        throw unclosed();
    }

    private static TemplateException unclosed() {
        return new TemplateException("a '{' without its '}'; write '{{' for a brace");
    }
}
