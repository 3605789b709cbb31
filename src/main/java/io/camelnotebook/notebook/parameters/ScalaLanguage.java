package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Scala 2 and 3. */
final class ScalaLanguage extends TypedLanguage {

    ScalaLanguage() {
        super(
                "Scala",
                NameRule.unicode(
                        "_ abstract case catch class def do else enum export extends false final finally for"
                                + " forSome given if implicit import lazy macro match new null object override package private"
                                + " protected return sealed super then this throw trait true try type val var while with yield"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "val " + super.assignment(name, value);
    }

    @Override
    String nullLiteral() {
        return "None";
    }

    @Override
    String integer(BigInteger value, ValueType.Kind width) {
        return switch (width) {
            case INT32 -> value.toString();
            case INT64 -> value + "L";
            default -> "BigInt(\"" + value + "\")";
        };
    }

    @Override
    String nan() {
        return "Double.NaN";
    }

    @Override
    String infinity(boolean positive) {
        return positive ? "Double.PositiveInfinity" : "Double.NegativeInfinity";
    }

    @Override
    String text(String value) {
        return JvmText.literal(
                value,
                piece -> Quoting.doubleQuoted(piece, Quoting::common, Quoting::utf16),
                pieces -> "Seq(" + pieces + ").mkString");
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        return (type.equals(ValueType.ANY) ? "Seq[Any](" : "Seq(") + elements(list, type, ", ") + ")";
    }

    @Override
    String object(JsonNode object) {
        return (object.isEmpty() ? "Map[String, Any](" : "Map(")
                + fields(object, ", ", (name, value) -> name + " -> " + value) + ")";
    }
}
