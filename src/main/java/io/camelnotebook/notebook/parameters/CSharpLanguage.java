package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;

/** C#. */
final class CSharpLanguage extends ManagedLanguage {

    CSharpLanguage() {
        super(
                "C#",
                NameRule.unicode("abstract as base bool break byte case catch char checked class const continue decimal"
                        + " default delegate do double else enum event explicit extern false finally fixed float for"
                        + " foreach goto if implicit in int interface internal is lock long namespace new null object"
                        + " operator out override params private protected public readonly ref return sbyte sealed short"
                        + " sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked"
                        + " unsafe ushort using virtual void volatile while"),
                new NonFinite("double.NaN", "double.PositiveInfinity", "double.NegativeInfinity"),
                "System.Numerics.BigInteger.Parse");
    }

    @Override
    String assignment(String name, JsonNode value) {
        return (value.isNull() ? "object " : "var ") + super.assignment(name, value) + ";";
    }

    @Override
    String nullLiteral() {
        return "null";
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, Quoting::utf16);
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        return (type.isInferred() ? "new [] { " : "new object[] { ") + elements(list, type, ", ") + " }";
    }

    @Override
    String object(JsonNode object) {
        return "new System.Collections.Generic.Dictionary<string, object> { "
                + fields(object, ", ", (name, value) -> "{ " + name + " , " + value + " }") + " }";
    }
}
