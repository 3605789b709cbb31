package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;

/** Scala 2 and 3. */
final class ScalaLanguage extends ManagedLanguage {

    ScalaLanguage() {
        super(
                "Scala",
                NameRule.unicode(
                        "_ abstract case catch class def do else enum export extends false final finally for"
                                + " forSome given if implicit import lazy macro match new null object override package private"
                                + " protected return sealed super then this throw trait true try type val var while with yield"),
                new NonFinite("Double.NaN", "Double.PositiveInfinity", "Double.NegativeInfinity"),
                "BigInt");
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
