package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Random;

/** Numbers as JSON has them, and the arithmetic of matrices. */
final class Numbers {

    private Numbers() {}

    /** The product of two numbers from 0; {@link Long#MAX_VALUE} also stands for more. */
    static long product(long a, long b) {
        BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
        return product.bitLength() < Long.SIZE ? product.longValue() : Long.MAX_VALUE;
    }

    /** The narrowest JSON number, as a reader of JSON would make it. */
    static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(number.longValue())
                : JsonNodeFactory.instance.numberNode(number);
    }

    /** A number from 0 to below the bound, by chance. */
    static long below(long bound, Random random) {
        return Math.floorMod(random.nextLong(), bound);
    }

    /** Whether two values are the same, 1 and 1.0 included. */
    static boolean same(JsonNode a, JsonNode b) {
        return a.equals(
                (x, y) -> {
                    if (x.equals(y)) {
                        return 0;
                    }
                    boolean finite = x.isNumber()
                            && y.isNumber()
                            && Double.isFinite(x.doubleValue())
                            && Double.isFinite(y.doubleValue());
                    return finite ? x.decimalValue().compareTo(y.decimalValue()) : 1;
                },
                b);
    }
}
