package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** F#. */
final class FSharpLanguage extends ManagedLanguage {

    private static final String NONE_OF_A_TYPE = "(None : obj option)";

    FSharpLanguage() {
        super(
                "F#",
                NameRule.unicode(
                        "_ abstract and as asr assert base begin break checked class component const constraint"
                                + " continue default delegate do done downcast downto elif else end event exception extern"
                                + " external false finally fixed for fun function global if in include inherit inline interface"
                                + " internal land lazy let lor lsl lsr lxor match member mixin mod module mutable namespace new"
                                + " not null of open or override parallel private process protected public pure rec return"
                                + " sealed select sig static struct tailcall then to trait true try type upcast use val virtual"
                                + " void when while with yield"),
                new NonFinite("System.Double.NaN", "System.Double.PositiveInfinity", "System.Double.NegativeInfinity"),
                "System.Numerics.BigInteger.Parse");
    }

    @Override
    String comment(String text) {
        return "(* " + text + " *)";
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "let " + super.assignment(name, value);
    }

    @Override
    String nullLiteral() {
        return "None";
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, Quoting::utf16);
    }

    @Override
    String list(JsonNode list) {
        ValueType type = ValueType.ofElements(list);
        if (list.isEmpty()) {
            return "([] : obj list)";
        }
        if (!type.equals(ValueType.ANY)) {
            return "[ " + elements(list, type, "; ") + " ]";
        }
        StringJoiner boxed = new StringJoiner("; ", "[ ", " ]");
        list.forEach(element -> boxed.add("box (" + inner(element) + ")"));
        return boxed.toString();
    }

    @Override
    String object(JsonNode object) {
        if (object.isEmpty()) {
            return "Map.empty<string, System.IComparable>";
        }
        StringJoiner fields = new StringJoiner("; ", "([ ", " ] |> Map.ofList)");
        object.forEachEntry(
                (name, value) -> fields.add("(" + text(name) + ", " + inner(value) + " :> System.IComparable)"));
        return fields.toString();
    }

    private String inner(JsonNode value) {
        return value.isNull() ? NONE_OF_A_TYPE : literal(value);
    }
}
