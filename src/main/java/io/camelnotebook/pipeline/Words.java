package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;

/** How error messages name what was found: quoted, short, and on one line whatever the file holds. */
final class Words {

    private static final int LONGEST = 80;

    private Words() {}

    /** The text in quotes; long texts are cut and control characters shown as escapes. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int shown = text.length() <= LONGEST ? text.length() : LONGEST - 1;
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(shown < text.length() ? "…'" : "'").toString();
    }

    /** The value as a part of a text: texts and numbers as they are, lists and maps as JSON. */
    static String plain(JsonNode value) {
        // A number that JSON does not have is a text there, in quotes.
        return value.isTextual() || value.isNumber() ? value.asText() : value.toString();
    }

    /** The value as people call it: {@code the number 5}, {@code a list}, {@code nothing}. */
    static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue().isEmpty() ? "an empty text" : "the text " + quote(value.textValue());
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> value.asText();
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
            case OBJECT -> value.isEmpty() ? "an empty map" : "a map";
            case NULL, MISSING -> "nothing";
            case BINARY, POJO -> "a value of an unknown kind";
        };
    }
}
