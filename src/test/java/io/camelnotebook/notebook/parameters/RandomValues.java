package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Random;

/** Values that are hard on literals, the same ones for the same seed. */
final class RandomValues {

    private static final String[] PIECES = {
        "a", "é", "\"", "'", "\\", "\\u0041", "\\n", "\n", "\r\n", "\t", "$x", "${x}", "#{x}", "{x}", "%s", "`", "!!",
        "\u0001", "\b", "\u001c", "\u007f", "\u0085", "\u2028", "\ufeff", "\u202e", "\u200d", "😀", "\u0378", "\ue000",
        "\"\"\"", "'''", "#", "//", "*/", ";", " "
    };

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    JsonNode next(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> NullNode.instance;
            case 1 -> BooleanNode.valueOf(random.nextBoolean());
            case 2 -> LongNode.valueOf(random.nextLong() >> random.nextInt(64));
            case 3 -> BigIntegerNode.valueOf(new BigInteger(300, random).negate());
            case 4 -> DoubleNode.valueOf(number());
            case 5, 6 -> TextNode.valueOf(text());
            case 7 -> list(depth - 1);
            default -> object(depth - 1);
        };
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> random.nextInt(1000) / 8.0;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(next(depth));
        }
        return list;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(text(), next(depth));
        }
        return object;
    }
}
