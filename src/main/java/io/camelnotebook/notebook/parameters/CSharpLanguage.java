package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** C#. */
final class CSharpLanguage extends TypedLanguage {

    CSharpLanguage() {
        super(
                "C#",
                NameRule.unicode("abstract as base bool break byte case catch char checked class const continue decimal"
                        + " default delegate do double else enum event explicit extern false finally fixed float for"
                        + " foreach goto if implicit in int interface internal is lock long namespace new null object"
                        + " operator out override params private protected public readonly ref return sbyte sealed short"
                        + " sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked"
                        + " unsafe ushort using virtual void volatile while"));
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
    String integer(BigInteger value, ValueType.Kind width) {
        return switch (width) {
            case INT32 -> value.toString();
            case INT64 -> value + "L";
            default -> "System.Numerics.BigInteger.Parse(\"" + value + "\")";
        };
    }

    @Override
    String nan() {
        return "double.NaN";
    }

    @Override
    String infinity(boolean positive) {
        return positive ? "double.PositiveInfinity" : "double.NegativeInfinity";
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, Quoting::utf16);
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        boolean inferred = type.kind() != ValueType.Kind.ANY && type.kind() != ValueType.Kind.NULL;
        return (inferred ? "new [] { " : "new object[] { ") + elements(list, type, ", ") + " }";
    }

    @Override
    String object(JsonNode object) {
        return "new System.Collections.Generic.Dictionary<string, object> { "
                + fields(object, ", ", (name, value) -> "{ " + name + " , " + value + " }") + " }";
    }
}
