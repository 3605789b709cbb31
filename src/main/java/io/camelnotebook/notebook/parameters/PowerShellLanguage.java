package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** PowerShell. */
final class PowerShellLanguage extends ParameterLanguage {

    // PowerShell takes each of these as a single quote, and two of any as one of it.
    private static final String SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b";

    PowerShellLanguage() {
        super(
                "PowerShell",
                NameRule.ascii("_ args consolefilename enabledexperimentalfeatures error event executioncontext false"
                                + " foreach home host input iscoreclr islinux ismacos iswindows matches myinvocation null"
                                + " pid psboundparameters pscommandpath psculture psedition pshome psitem psscriptroot"
                                + " psuiculture psversiontable pwd shellid stacktrace switch this true")
                        .startingWith(
                                "ASCII letters, digits or underscores",
                                NameRule.ascii("_").part())
                        .ignoringCase(),
                new NonFinite("[double]::NaN", "[double]::PositiveInfinity", "[double]::NegativeInfinity"));
    }

    @Override
    String assignment(String name, JsonNode value) {
        return "$" + super.assignment(name, value);
    }

    @Override
    String nullLiteral() {
        return "$Null";
    }

    @Override
    String bool(boolean value) {
        return value ? "$True" : "$False";
    }

    @Override
    String integer(BigInteger value) {
        return value.bitLength() < Long.SIZE
                ? value.toString()
                : "[System.Numerics.BigInteger]::Parse('" + value + "')";
    }

    /** Single quotes, between which nothing is interpolated; control characters by number. */
    @Override
    String text(String value) {
        StringJoiner pieces = new StringJoiner(" + ");
        StringBuilder piece = new StringBuilder();
        value.chars().forEach(c -> {
            if (Character.isISOControl(c) || Character.isSurrogate((char) c)) {
                pieces.add("'" + piece + "'").add("[char]" + c);
                piece.setLength(0);
            } else {
                piece.append((char) c);
                if (SINGLE_QUOTES.indexOf(c) >= 0) {
                    piece.append((char) c);
                }
            }
        });
        boolean whole = pieces.length() == 0;
        pieces.add("'" + piece + "'");
        return whole ? pieces.toString() : "(" + pieces + ")";
    }

    /** A comma goes before a list that is alone in its list, which PowerShell would unwrap. */
    @Override
    String list(JsonNode list) {
        String alone = list.size() == 1 && list.path(0).isArray() ? ", " : "";
        return "@(" + alone + elements(list, ", ") + ")";
    }

    @Override
    String object(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new InexpressibleValueException("a hash table does not tell '" + name
                        + "' from another key that differs only in case; rename one of them");
            }
        });
        return "@{" + fields(object, "; ", (name, value) -> name + " = " + value) + "}";
    }
}
