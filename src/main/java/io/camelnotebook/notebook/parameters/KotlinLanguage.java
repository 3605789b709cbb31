package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Kotlin. */
final class KotlinLanguage extends TypedLanguage {

    KotlinLanguage() {
        super(
                "Kotlin",
                NameRule.unicode("_ __ ___ as break class continue do else false for fun if in interface is null object"
                        + " package return super this throw true try typealias typeof val var when while"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "val " + super.assignment(name, value);
    }

    @Override
    String nullLiteral() {
        return "null";
    }

    /** The smallest numbers have names of their own, since their literals would be too big before the minus sign. */
    @Override
    String integer(BigInteger value, ValueType.Kind width) {
        return switch (width) {
            case INT32 -> value.intValue() == Integer.MIN_VALUE ? "Int.MIN_VALUE" : value.toString();
            case INT64 -> value.longValue() == Long.MIN_VALUE ? "Long.MIN_VALUE" : value + "L";
            default -> "java.math.BigInteger(\"" + value + "\")";
        };
    }

    @Override
    String nan() {
        return "Double.NaN";
    }

    @Override
    String infinity(boolean positive) {
        return positive ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }

    @Override
    String text(String value) {
        return JvmText.literal(
                value,
                piece -> Quoting.doubleQuoted(piece, Quoting.commonAnd('$'), Quoting::utf16),
                pieces -> "listOf(" + pieces + ").joinToString(\"\")");
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        return (type.equals(ValueType.ANY) ? "listOf<Any?>(" : "listOf(") + elements(list, type, ", ") + ")";
    }

    @Override
    String object(JsonNode object) {
        return "mapOf<String, Any?>(" + fields(object, ", ", (name, value) -> name + " to " + value) + ")";
    }
}
