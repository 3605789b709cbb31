package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.StringJoiner;

/** MATLAB and Octave, which differ in what stands between double quotes. */
abstract sealed class MatlabLanguage extends ParameterLanguage {

    private static final String RESERVED = "break case catch classdef continue else elseif end for function global if"
            + " otherwise parfor persistent return spmd switch try while do until unwind_protect"
            + " unwind_protect_cleanup end_unwind_protect end_try_catch endif endwhile endfor endfunction endswitch";

    private MatlabLanguage(String displayName) {
        super(
                displayName,
                NameRule.ascii(RESERVED)
                        .startingWith(
                                "an ASCII letter, then ASCII letters, digits or underscores",
                                c -> c < 0x80 && Character.isLetter(c)),
                NonFinite.of("NaN", "Inf"));
    }

    @Override
    String comment(String text) {
        return "% " + text;
    }

    @Override
    String assignment(String name, JsonNode value) {
        return super.assignment(name, value) + ";";
    }

    @Override
    String nullLiteral() {
        return "NaN";
    }

    @Override
    String integer(BigInteger value) {
        if (!ValueType.isExactInDouble(value)) {
            throw new InexpressibleValueException(
                    "its numbers are exact up to 2^53, and " + value + " is beyond; give it as text");
        }
        return value.toString();
    }

    @Override
    String list(JsonNode list) {
        return "{" + elements(list, ", ") + "}";
    }

    @Override
    String object(JsonNode object) {
        if (object.isEmpty()) {
            return "containers.Map('KeyType', 'char', 'ValueType', 'any')";
        }
        StringJoiner names = new StringJoiner(", ");
        object.fieldNames().forEachRemaining(name -> names.add(key(name)));
        return "containers.Map({" + names + "}, {" + elements(object, ", ") + "})";
    }

    /** An object's key, a character array. */
    abstract String key(String name);

    /** MATLAB: no escapes in strings. */
    static final class Matlab extends MatlabLanguage {

        Matlab() {
            super("MATLAB");
        }

        @Override
        String text(String value) {
            String literal = pieces(value, '"', " + ");
            return value.codePoints().anyMatch(Character::isISOControl) ? "(" + literal + ")" : literal;
        }

        /** Between single quotes, where there are no escapes either. */
        @Override
        String key(String name) {
            String literal = pieces(name, '\'', " ");
            return name.codePoints().anyMatch(Character::isISOControl) ? "[" + literal + "]" : literal;
        }

        /** Quoted pieces, and between them by number what cannot stand in a line. */
        private static String pieces(String text, char quote, String joint) {
            StringJoiner pieces = new StringJoiner(joint);
            StringBuilder piece = new StringBuilder();
            text.codePoints().forEach(c -> {
                Quoting.refuseSurrogate(c);
                if (Character.isISOControl(c)) {
                    pieces.add(quote + piece.toString() + quote).add("char(" + c + ")");
                    piece.setLength(0);
                } else {
                    piece.appendCodePoint(c);
                    if (c == quote) {
                        piece.append(quote);
                    }
                }
            });
            return pieces.add(quote + piece.toString() + quote).toString();
        }
    }

    /** Octave: escapes between double quotes as in C. */
    static final class Octave extends MatlabLanguage {

        Octave() {
            super("Octave");
        }

        @Override
        String text(String value) {
            return Quoting.doubleQuoted(value, Quoting::common, c -> Quoting.utf8("\\%03o", c));
        }

        @Override
        String key(String name) {
            if (name.isEmpty()) {
                throw new InexpressibleValueException(
                        "a containers.Map of Octave takes no empty key; give the field a name");
            }
            return text(name);
        }
    }
}
