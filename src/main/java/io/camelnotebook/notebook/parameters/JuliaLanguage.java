package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;

/** Julia, whose literals of whole numbers widen by themselves. */
final class JuliaLanguage extends ParameterLanguage {

    private static final NameRule LETTERS = NameRule.unicode(
            "Any Dict Inf NaN nothing baremodule begin break catch const continue do else elseif end export false finally for function global if"
                    + " import let local macro module quote return struct true try using while _ __ ___");

    JuliaLanguage() {
        super(
                "Julia",
                LETTERS.continuingWith(
                        "a letter or underscore, then letters, digits, underscores or exclamation marks",
                        c -> LETTERS.part().test(c) || c == '!'),
                NonFinite.of("NaN", "Inf"));
    }

    @Override
    String nullLiteral() {
        return "nothing";
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting.commonAnd('$'), Quoting::shortOrLong);
    }

    /** Elements of several types are not left to Julia's promotion, which makes 1 of true. */
    @Override
    String list(JsonNode list) {
        String type = ValueType.ofElements(list).holdsAny() ? "Any" : "";
        return type + "[" + elements(list, ", ") + "]";
    }

    @Override
    String object(JsonNode object) {
        String type = object.isEmpty() ? "{String, Any}" : "";
        return "Dict" + type + "(" + fields(object, ", ", (name, value) -> name + " => " + value) + ")";
    }
}
