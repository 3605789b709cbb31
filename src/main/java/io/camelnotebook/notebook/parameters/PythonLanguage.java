package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Python 3. */
final class PythonLanguage extends ParameterLanguage {

    // Python takes decimal literals of up to 4300 digits, and hexadecimal ones of any length.
    private static final int MAX_BITS_IN_DECIMAL = 14_000;

    PythonLanguage() {
        super(
                "Python",
                NameRule.unicode("False None True __debug__ and as assert async await break class continue def del elif"
                        + " else except finally for from global if import in is lambda nonlocal not or pass raise return"
                        + " try while with yield"),
                new NonFinite("float('nan')", "float('inf')", "float('-inf')"));
    }

    @Override
    String nullLiteral() {
        return "None";
    }

    @Override
    String bool(boolean value) {
        return value ? "True" : "False";
    }

    @Override
    String integer(BigInteger value) {
        if (value.bitLength() > MAX_BITS_IN_DECIMAL) {
            return (value.signum() < 0 ? "-0x" : "0x") + value.abs().toString(16);
        }
        return value.toString();
    }

    @Override
    String text(String value) {
        return Quoting.doubleQuoted(
                value,
                Quoting::common,
                c -> c > 0xffff ? Quoting.hex("\\U%08x", c) : Quoting.hex(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
    }

    @Override
    String list(JsonNode list) {
        return "[" + elements(list, ", ") + "]";
    }

    @Override
    String object(JsonNode object) {
        return "{" + fields(object, ", ", (name, value) -> name + ": " + value) + "}";
    }
}
