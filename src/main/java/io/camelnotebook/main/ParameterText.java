package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the value of {@code -p NAME VALUE} as papermill does: Python's constants and numbers, and else text. */
final class ParameterText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, JsonNode> CONSTANTS =
            Map.of("True", JSON.booleanNode(true), "False", JSON.booleanNode(false), "None", JSON.nullNode());

    /** What Python's int() and float() take: blanks around, and single underscores between digits. */
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(_\\d+)*");

    private static final Pattern REAL =
            Pattern.compile("[+-]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][+-]?\\d+(_\\d+)*)?");
    private static final Map<String, Double> NON_FINITE = Map.of(
            "nan", Double.NaN,
            "inf", Double.POSITIVE_INFINITY,
            "infinity", Double.POSITIVE_INFINITY);

    private ParameterText() {}

    static JsonNode value(String text) {
        if (CONSTANTS.containsKey(text)) {
            return CONSTANTS.get(text);
        }
        String number = text.strip();
        if (INTEGER.matcher(number).matches()) {
            return JSON.numberNode(new BigInteger(number.replace("_", "")));
        }
        if (REAL.matcher(number).matches()) {
            return JSON.numberNode(Double.parseDouble(number.replace("_", "")));
        }
        String unsigned = number.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        if (NON_FINITE.containsKey(unsigned)) {
            return JSON.numberNode(number.startsWith("-") ? -NON_FINITE.get(unsigned) : NON_FINITE.get(unsigned));
        }
        return JSON.textNode(text);
    }
}
