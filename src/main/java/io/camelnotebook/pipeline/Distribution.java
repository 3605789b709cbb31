package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Random;

/**
 * An axis whose values are drawn by chance, for a matrix with {@code sample}. The same seed gives the same values on
 * every JVM: {@link Random} and {@link StrictMath} are specified to the bit.
 *
 * @param a the lower bound, or the mean
 * @param b the upper bound, or the standard deviation
 */
record Distribution(Kind kind, double a, double b) implements Axis {

    enum Kind {
        /** Every number between the bounds alike. */
        UNIFORM,
        /** Every order of magnitude between the bounds alike. */
        LOGUNIFORM,
        /** The bell curve. */
        NORMAL
    }

    @Override
    public JsonNode draw(Random random) {
        double value = switch (kind) {
            case UNIFORM -> a + random.nextDouble() * (b - a);
            case LOGUNIFORM -> {
                double low = StrictMath.log(a);
                yield StrictMath.exp(low + random.nextDouble() * (StrictMath.log(b) - low));
            }
            case NORMAL -> a + random.nextGaussian() * b;
        };
        return JsonNodeFactory.instance.numberNode(value);
    }
}
