package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.PythonFloat;
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
                                c -> c < 0x80 && Character.isLetter(c)));
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
    String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        return PythonFloat.repr(value);
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
        object.fieldNames().forEachRemaining(name -> names.add(characters(name)));
        return "containers.Map({" + names + "}, {" + elements(object, ", ") + "})";
    }

    /** A character array, which has no escapes in either of the two. */
    private static String characters(String text) {
        String literal = pieces(text, '\'', " ");
        return literal.startsWith("'") && literal.indexOf("char(") < 0 ? literal : "[" + literal + "]";
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
    }

    /** Octave: escapes between double quotes as in C. */
    static final class Octave extends MatlabLanguage {

        Octave() {
            super("Octave");
        }

        @Override
        String text(String value) {
            return Quoting.doubleQuoted(value, Quoting::common, c -> {
                Quoting.refuseSurrogate(c);
                return c < 0x80 ? Quoting.hex("\\%03o", c) : Character.toString(c);
            });
        }
    }
}
