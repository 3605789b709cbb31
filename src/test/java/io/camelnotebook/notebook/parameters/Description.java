package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelnotebook.notebook.PythonFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Set;

/**
 * What a program of another language says a value is: JSON, in which numbers and text are text that begins with what
 * they are. The programs are in {@code src/test/kernels/describe}.
 */
public final class Description {

    /** What a language has not got, and what it has in place of it. */
    public enum Approximation {
        EVERYTHING_IS_TEXT,
        NULL_IS_NAN,
        EMPTY_OBJECT_IS_LIST,
        /** In an array, to the C# compiler of Mono; to Fable everywhere. */
        ZERO_HAS_NO_SIGN
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private Description() {}

    /** The value that a program has described. */
    public static JsonNode parse(String description) {
        try {
            return revive(JSON.readTree(description));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a description: " + description, e);
        }
    }

    private static JsonNode revive(JsonNode described) {
        if (described.isTextual()) {
            return scalar(described.asText());
        }
        if (described.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            described.forEach(element -> list.add(revive(element)));
            return list;
        }
        if (described.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            described.forEachEntry((name, value) -> object.set(scalar(name).textValue(), revive(value)));
            return object;
        }
        return described;
    }

    private static JsonNode scalar(String described) {
        String value = described.substring(1);
        return switch (described.charAt(0)) {
            case 'i' -> BigIntegerNode.valueOf(new BigInteger(value));
            case 'd' -> DoubleNode.valueOf(Double.longBitsToDouble(Long.parseUnsignedLong(value, 16)));
            case 's' -> TextNode.valueOf(new String(HexFormat.of().parseHex(value), UTF_8));
            case 'u' -> TextNode.valueOf(utf16(value));
            default -> throw new AssertionError("not a description: " + described);
        };
    }

    private static String utf16(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            text.append((char) HexFormat.fromHexDigits(hex, i, i + 4));
        }
        return text.toString();
    }

    /** Whether two values are the same, to the last bit of a number. */
    public static boolean isSame(JsonNode expected, JsonNode found, Set<Approximation> approximations) {
        if (approximations.contains(Approximation.EVERYTHING_IS_TEXT) && expected.isValueNode()) {
            return found.isTextual() && found.textValue().equals(asText(expected));
        }
        return switch (expected.getNodeType()) {
            case NULL -> found.isNull() || (approximations.contains(Approximation.NULL_IS_NAN) && isNan(found));
            case NUMBER ->
                found.isNumber()
                        && (isSameNumber(expected, found)
                                || (approximations.contains(Approximation.ZERO_HAS_NO_SIGN)
                                        && expected.doubleValue() == 0
                                        && found.doubleValue() == 0));
            case ARRAY -> isSameList(expected, found, approximations);
            case OBJECT ->
                isSameObject(expected, found, approximations)
                        || (approximations.contains(Approximation.EMPTY_OBJECT_IS_LIST)
                                && expected.isEmpty()
                                && found.isArray()
                                && found.isEmpty());
            default -> expected.equals(found);
        };
    }

    private static String asText(JsonNode value) {
        return value.isNull()
                ? ""
                : value.isFloatingPointNumber() ? PythonFloat.repr(value.doubleValue()) : value.asText();
    }

    private static boolean isNan(JsonNode value) {
        return value.isDouble() && Double.isNaN(value.doubleValue());
    }

    private static boolean isSameNumber(JsonNode expected, JsonNode found) {
        if (expected.isIntegralNumber() && found.isDouble()) {
            double number = found.doubleValue();
            return Double.isFinite(number)
                    && new BigDecimal(number).compareTo(new BigDecimal(expected.bigIntegerValue())) == 0;
        }
        return expected.isIntegralNumber()
                ? expected.bigIntegerValue().equals(found.bigIntegerValue())
                : found.isDouble() && Double.compare(expected.doubleValue(), found.doubleValue()) == 0;
    }

    private static boolean isSameList(JsonNode expected, JsonNode found, Set<Approximation> approximations) {
        if (!found.isArray() || expected.size() != found.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!isSame(expected.path(i), found.path(i), approximations)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameObject(JsonNode expected, JsonNode found, Set<Approximation> approximations) {
        return found.isObject()
                && expected.size() == found.size()
                && expected.properties().stream()
                        .allMatch(field -> found.has(field.getKey())
                                && isSame(field.getValue(), found.path(field.getKey()), approximations));
    }
}
