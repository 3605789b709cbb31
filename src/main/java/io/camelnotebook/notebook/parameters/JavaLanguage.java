package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;

/** Java, as JShell takes it. */
final class JavaLanguage extends ManagedLanguage {

    JavaLanguage() {
        super(
                "Java",
                NameRule.unicode("_ abstract assert boolean break byte case catch char class const continue default do"
                        + " double else enum extends false final finally float for goto if implements import instanceof"
                        + " int interface long native new null package private protected public return short static"
                        + " strictfp super switch synchronized this throw throws transient true try void volatile"
                        + " while"),
                new NonFinite("Double.NaN", "Double.POSITIVE_INFINITY", "Double.NEGATIVE_INFINITY"),
                "new java.math.BigInteger");
    }

    @Override
    String assignment(String name, JsonNode value) {
        return (value.isNull() ? "Object " : "var ") + super.assignment(name, value) + ";";
    }

    @Override
    String nullLiteral() {
        return "null";
    }

    /** Octal where there is a choice: the other escapes become characters before Java looks for the end of the text. */
    @Override
    String text(String value) {
        return JvmText.literal(
                value,
                piece -> Quoting.doubleQuoted(
                        piece, Quoting::common, c -> c < 0x100 ? Quoting.hex("\\%03o", c) : Quoting.utf16(c)),
                pieces -> "String.join(\"\", " + pieces + ")");
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        if (list.size() == 1 && list.path(0).isNull()) {
            // A bare null would be taken for the array of all elements.
            return "java.util.Arrays.<Object>asList((Object) null)";
        }
        return "java.util.Arrays." + (type.isInferred() ? "" : "<Object>") + "asList(" + elements(list, type, ", ")
                + ")";
    }

    /** In order, and with nulls, which rules out Map.of. */
    @Override
    String object(JsonNode object) {
        if (object.isEmpty()) {
            return "new java.util.LinkedHashMap<String, Object>()";
        }
        return "java.util.stream.Stream.of(new Object[][] {"
                + fields(object, ", ", (name, value) -> "{" + name + ", " + value + "}")
                + "}).collect(java.util.LinkedHashMap<String, Object>::new,"
                + " (map, entry) -> map.put((String) entry[0], entry[1]), java.util.Map::putAll)";
    }
}
