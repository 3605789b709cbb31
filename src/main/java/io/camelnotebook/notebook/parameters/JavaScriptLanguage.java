package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** JavaScript and TypeScript. */
final class JavaScriptLanguage extends ParameterLanguage {

    private final boolean isTyped;

    /** @param isTyped whether a variable has the type of what it is given first */
    JavaScriptLanguage(String displayName, boolean isTyped) {
        super(
                displayName,
                NameRule.unicode("Infinity NaN arguments await break case catch class const continue debugger default"
                        + " delete do else enum eval export extends false finally for function if implements import in"
                        + " instanceof interface let new null package private protected public return static super"
                        + " switch this throw true try typeof undefined var void while with yield"),
                NonFinite.of("NaN", "Infinity"));
        this.isTyped = isTyped;
    }

    @Override
    String comment(String text) {
        return "// " + text;
    }

    /**
     * By var, which alone may declare again what an earlier cell has declared. tslab's kernel of JavaScript (jslab) forgets
     * after the next cell a variable that is given {@code {…}}, but not one that is given a function's value.
     */
    @Override
    String assignment(String name, JsonNode value) {
        String assignment = value.isObject() && !isTyped
                ? name + " = Object(" + literal(value) + ")"
                : super.assignment(name, value);
        return "var " + assignment + ";";
    }

    @Override
    String nullLiteral() {
        return "null";
    }

    @Override
    String integer(BigInteger value) {
        return ValueType.isExactInDouble(value) ? value.toString() : value + "n";
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, Quoting::utf16);
    }

    @Override
    String list(JsonNode list) {
        return "[" + elements(list, ", ") + "]";
    }

    /** In brackets, {@code __proto__} is a field like any other. */
    @Override
    String object(JsonNode object) {
        return "{"
                + fields(
                        object,
                        ", ",
                        (name, value) -> (name.equals("\"__proto__\"") ? "[" + name + "]" : name) + ": " + value)
                + "}";
    }
}
