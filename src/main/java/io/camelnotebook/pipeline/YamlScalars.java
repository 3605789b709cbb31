package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Scalars of YAML, by the types of its core schema or as PyYAML reads them, as JSON values. Dates stay text, and infinities and NaN are numbers. */
final class YamlScalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Syntax syntax;
    private final boolean asPyYaml;

    YamlScalars(Syntax syntax, boolean asPyYaml) {
        this.syntax = syntax;
        this.asPyYaml = asPyYaml;
    }

    JsonNode value(ScalarNode node, Position here) {
        Tag tag = node.getTag();
        String text = node.getValue();
        // The library marks ${NAME} for substitution from the environment, which config files have not.
        if (tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)) {
            return NODES.textNode(text);
        }
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return asPyYaml ? PyYamlScalars.truth(text) : NODES.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return asPyYaml ? PyYamlScalars.integer(checked(text)) : integer(checked(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return asPyYaml ? PyYamlScalars.real(text) : NODES.numberNode(floating(text.toLowerCase(Locale.ROOT)));
            }
        } catch (NumberFormatException e) {
            throw syntax.notANumber(text, here);
        }
        throw syntax.refused(here, "the tag " + Words.quote(tag.getValue()) + " is not supported", "remove it");
    }

    private static String checked(String digits) {
        if (digits.length() > Syntax.MAX_DIGITS) {
            throw new NumberFormatException(digits);
        }
        return digits;
    }

    private static JsonNode integer(String text) {
        BigInteger number;
        if (text.startsWith("0x")) {
            number = new BigInteger(text.substring(2), 16);
        } else if (text.startsWith("0o")) {
            number = new BigInteger(text.substring(2), 8);
        } else {
            number = new BigInteger(text);
        }
        return Numbers.whole(number);
    }

    private static double floating(String text) {
        return switch (text) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
