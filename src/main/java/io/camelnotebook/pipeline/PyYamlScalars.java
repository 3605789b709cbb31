package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * The scalars of YAML 1.1 as PyYAML reads them, and with it papermill: {@code yes} and {@code off} are booleans,
 * {@code 010} is octal, {@code 1:30} counts sixties, and {@code 1e3}, without a point, is text. Dates stay text.
 */
final class PyYamlScalars implements Schema, ScalarResolver {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern TRUE = Pattern.compile("yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*" + "|0x[0-9a-fA-F_]+)");
    private static final Pattern REAL =
            Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
                    + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final int SIXTY = 60;

    @Override
    public ScalarResolver getScalarResolver() {
        return this;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }

    @Override
    public Tag resolve(String value, Boolean implicit) {
        if (!implicit) {
            return Tag.STR;
        }
        if (NULL.matcher(value).matches()) {
            return Tag.NULL;
        }
        if (TRUE.matcher(value).matches() || FALSE.matcher(value).matches()) {
            return Tag.BOOL;
        }
        if (INTEGER.matcher(value).matches()) {
            return Tag.INT;
        }
        return REAL.matcher(value).matches() ? Tag.FLOAT : Tag.STR;
    }

    static JsonNode truth(String text) {
        return NODES.booleanNode(TRUE.matcher(text).matches());
    }

    /** @throws NumberFormatException if it is no whole number, which only an explicit tag can bring about */
    static JsonNode integer(String text) {
        String digits = text.replace("_", "");
        boolean isNegative = digits.startsWith("-");
        digits = digits.replaceFirst("^[-+]", "");
        BigInteger number = BigInteger.ZERO;
        if (digits.startsWith("0b")) {
            number = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            number = new BigInteger(digits.substring(2), 16);
        } else if (digits.startsWith("0")) {
            number = new BigInteger(digits, 8);
        } else {
            for (String part : digits.split(":", -1)) {
                number = number.multiply(BigInteger.valueOf(SIXTY)).add(new BigInteger(part));
            }
        }
        return Numbers.whole(isNegative ? number.negate() : number);
    }

    /** @throws NumberFormatException if it is no number, which only an explicit tag can bring about */
    static JsonNode real(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        double sign = digits.startsWith("-") ? -1 : 1;
        digits = digits.replaceFirst("^[-+]", "");
        if (digits.equals(".inf")) {
            return NODES.numberNode(sign * Double.POSITIVE_INFINITY);
        }
        if (digits.equals(".nan")) {
            return NODES.numberNode(Double.NaN);
        }
        double number = 0;
        for (String part : digits.split(":", -1)) {
            number = number * SIXTY + Double.parseDouble(part);
        }
        return NODES.numberNode(sign * number);
    }
}
