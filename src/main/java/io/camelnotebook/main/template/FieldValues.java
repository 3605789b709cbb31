package io.camelnotebook.main.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.TreeSet;

/** Finds the value that the name of a field means: {@code a}, {@code b[key][0]}, {@code pm[current_datetime_utc].year}. */
final class FieldValues {

    private static final Map<String, ChronoField> TIME_ATTRIBUTES = Map.of(
            "year", ChronoField.YEAR,
            "month", ChronoField.MONTH_OF_YEAR,
            "day", ChronoField.DAY_OF_MONTH,
            "hour", ChronoField.HOUR_OF_DAY,
            "minute", ChronoField.MINUTE_OF_HOUR,
            "second", ChronoField.SECOND_OF_MINUTE,
            "microsecond", ChronoField.MICRO_OF_SECOND);

    private final ObjectNode values;

    FieldValues(ObjectNode values) {
        this.values = values;
    }

    JsonNode get(String field) {
        int end = endOfName(field, 0);
        String name = field.substring(0, end);
        if (name.isEmpty() || isIndex(name)) {
            throw new TemplateException("'{" + field + "}' names no parameter: expected a name, one of " + names()
                    + "; or write '{{' for a brace");
        }
        JsonNode value = values.get(name);
        if (value == null) {
            throw new TemplateException("there is no parameter '" + name + "', only: "
                    + names()
                    + "; give it with -p " + name + " VALUE, or write '{{' for a brace");
        }
        while (end < field.length()) {
            int start = end + 1;
            if (field.charAt(end) == '[') {
                end = field.indexOf(']', start);
                if (end < 0) {
                    throw new TemplateException("a '[' without its ']' in '{" + field + "}'");
                }
                value = element(value, field.substring(start, end), field);
                end++;
                if (end < field.length() && field.charAt(end) != '.' && field.charAt(end) != '[') {
                    throw new TemplateException("expected '.' or '[' after ']' in '{" + field + "}'");
                }
            } else {
                end = endOfName(field, start);
                value = attribute(value, field.substring(start, end), field);
            }
        }
        return value;
    }

    private String names() {
        TreeSet<String> names = new TreeSet<>();
        values.fieldNames().forEachRemaining(names::add);
        return String.join(", ", names);
    }

    private static int endOfName(String field, int start) {
        int end = start;
        while (end < field.length() && field.charAt(end) != '.' && field.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    private static boolean isIndex(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static JsonNode element(JsonNode value, String key, String field) {
        if (value instanceof ObjectNode object) {
            JsonNode found = object.get(key);
            if (found == null) {
                throw new TemplateException("'{" + field + "}': there is no key '" + key + "', only: "
                        + String.join(", ", (Iterable<String>) object::fieldNames));
            }
            return found;
        }
        boolean isText = value.isTextual();
        if ((!isText && !value.isArray()) || !isIndex(key)) {
            throw new TemplateException(
                    "'{" + field + "}': expected a key of a map or a number into a list or text, but [" + key
                            + "] is asked of " + PythonText.repr(value));
        }
        int[] characters = isText ? value.textValue().codePoints().toArray() : new int[0];
        int size = isText ? characters.length : value.size();
        int index = key.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(key);
        if (index >= size) {
            throw new TemplateException("'{" + field + "}': there is no [" + key + "] in " + PythonText.repr(value));
        }
        return isText ? JsonNodeFactory.instance.textNode(Character.toString(characters[index])) : value.get(index);
    }

    private static JsonNode attribute(JsonNode value, String name, String field) {
        ChronoField part = TIME_ATTRIBUTES.get(name);
        if (part == null || !(value instanceof POJONode node) || !(node.getPojo() instanceof Temporal time)) {
            throw new TemplateException("'{" + field + "}': there is no attribute '" + name
                    + "'; for a key of a map write it in brackets: [" + name + "]");
        }
        return JsonNodeFactory.instance.numberNode(time.get(part));
    }
}
