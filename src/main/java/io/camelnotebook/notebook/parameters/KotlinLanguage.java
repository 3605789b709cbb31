package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Kotlin. */
final class KotlinLanguage extends ManagedLanguage {

    KotlinLanguage() {
        super(
                "Kotlin",
                NameRule.unicode("_ __ ___ as break class continue do else false for fun if in interface is null object"
                        + " package return super this throw true try typealias typeof val var when while"),
                new NonFinite("Double.NaN", "Double.POSITIVE_INFINITY", "Double.NEGATIVE_INFINITY"),
                "java.math.BigInteger");
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
        if (width == ValueType.Kind.INT32 && value.intValue() == Integer.MIN_VALUE) {
            return "Int.MIN_VALUE";
        }
        if (width == ValueType.Kind.INT64 && value.longValue() == Long.MIN_VALUE) {
            return "Long.MIN_VALUE";
        }
        return super.integer(value, width);
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
