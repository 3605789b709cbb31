package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Go, without a need to import anything. */
final class GoLanguage extends TypedLanguage {

    GoLanguage() {
        super(
                "Go",
                NameRule.unicode("_ break case chan const continue default defer else fallthrough for func go goto if"
                        + " import init interface main map package range return select struct switch type var"),
                new NonFinite(
                        "func() float64 { zero := 0.0; return zero / zero }()",
                        "func() float64 { zero := 0.0; return 1 / zero }()",
                        "func() float64 { zero := 0.0; return -1 / zero }()"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "var " + name + (value.isNull() ? " interface{}" : "") + " = " + literal(value);
    }

    @Override
    String nullLiteral() {
        return "nil";
    }

    @Override
    String integer(BigInteger value, ValueType.Kind width) {
        if (value.bitLength() >= Long.SIZE) {
            throw new InexpressibleValueException(
                    "whole numbers of Go have 64 bits, and " + value + " is wider; give it as text");
        }
        return value.toString();
    }

    /** Constants of Go have no negative zero. */
    @Override
    String real(double value) {
        boolean isNegativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
        return isNegativeZero ? "func() float64 { zero := 0.0; return -zero }()" : super.real(value);
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, Quoting::shortOrLong);
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        return "[]" + nameOf(type) + "{" + elements(list, type, ", ") + "}";
    }

    @Override
    String object(JsonNode object) {
        return "map[string]interface{}{" + fields(object, ", ", (name, value) -> name + ": " + value) + "}";
    }

    private static String nameOf(ValueType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool";
            case INT32, INT64, BIG_INTEGER -> "int";
            case REAL -> "float64";
            case TEXT -> "string";
            case LIST -> "[]" + nameOf(type.element().orElse(ValueType.ANY));
            case OBJECT -> "map[string]interface{}";
            case NULL, ANY -> "interface{}";
        };
    }
}
