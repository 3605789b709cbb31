package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.StringJoiner;

/** A language with static types, where the elements of a list are all of the type they have in common. */
abstract sealed class TypedLanguage extends ParameterLanguage permits GoLanguage, ManagedLanguage, RustLanguage {

    TypedLanguage(String displayName, NameRule names, NonFinite nonFinite) {
        super(displayName, names, nonFinite);
    }

    /** A whole number as a literal of that width, which may be more than it needs. */
    abstract String integer(BigInteger value, ValueType.Kind width);

    @Override
    final String integer(BigInteger value) {
        return integer(value, ValueType.width(value));
    }

    /** The literals of the elements, numbers in the type they have in common. */
    final String elements(JsonNode list, ValueType common, String separator) {
        StringJoiner elements = new StringJoiner(separator);
        list.forEach(element -> elements.add(literalAs(element, common)));
        return elements.toString();
    }

    /** The literal of a value that is used as one of the given type. */
    final String literalAs(JsonNode value, ValueType type) {
        if (value.isIntegralNumber() && type.kind().isInteger()) {
            return integer(value.bigIntegerValue(), type.kind());
        }
        if (value.isIntegralNumber() && type.kind() == ValueType.Kind.REAL) {
            return real(value.doubleValue());
        }
        return literal(value);
    }

    @Override
    String comment(String text) {
        return "// " + text;
    }
}
