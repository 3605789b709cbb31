package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.StringJoiner;

/** R. */
final class RLanguage extends ParameterLanguage {

    RLanguage() {
        super(
                "R",
                NameRule.unicode("if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_"
                                + " NA_real_ NA_complex_ NA_character_ in")
                        .startingWith("a letter, then letters, digits, dots or underscores", Character::isLetter)
                        .continuingWith(
                                "a letter, then letters, digits, dots or underscores",
                                c -> Character.isLetterOrDigit(c) || c == '_' || c == '.'),
                NonFinite.of("NaN", "Inf"));
    }

    /** No name begins with an underscore in R: papermill drops them. */
    @Override
    String variable(String parameter) {
        return parameter.replaceFirst("^_+", "");
    }

    @Override
    String nullLiteral() {
        return "NULL";
    }

    @Override
    String bool(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    @Override
    String integer(BigInteger value) {
        if (!ValueType.isExactInDouble(value)) {
            throw new InexpressibleValueException(
                    "R holds whole numbers up to 2^53 exactly, and " + value + " is beyond; give it as text");
        }
        return value.toString();
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(value, Quoting::common, c -> {
            Quoting.refuseNul(c);
            return Quoting.shortOrLong(c);
        });
    }

    @Override
    String list(JsonNode list) {
        return "list(" + elements(list, ", ") + ")";
    }

    @Override
    String object(JsonNode object) {
        if (!object.has("")) {
            return "list(" + fields(object, ", ", (name, value) -> name + " = " + value) + ")";
        }
        // An argument cannot have an empty name, an element can.
        StringJoiner names = new StringJoiner(", ");
        object.fieldNames().forEachRemaining(name -> names.add(text(name)));
        return "stats::setNames(" + list(object) + ", c(" + names + "))";
    }
}
