package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;

/** An axis whose values can be counted. Values are computed when asked for. */
sealed interface FiniteAxis extends Axis {

    /** How many values; {@link Long#MAX_VALUE} also stands for more. */
    long size();

    JsonNode value(long index);

    @Override
    default JsonNode draw(Random random) {
        return value(Numbers.below(size(), random));
    }

    /** Values as they are listed. */
    record Listed(List<JsonNode> values) implements FiniteAxis {

        @Override
        public long size() {
            return values.size();
        }

        @Override
        public JsonNode value(long index) {
            return values.get((int) index);
        }
    }

    /** From start in steps up to, and without, stop. Decimal, so that steps of 0.1 meet 0.3. */
    record Range(BigDecimal start, BigDecimal stop, BigDecimal step, boolean whole) implements FiniteAxis {

        /** @param numbers start, stop and, if it is not 1, the step: finite, and no step of 0 */
        static Range of(JsonNode numbers) {
            boolean whole = true;
            for (JsonNode number : numbers) {
                whole &= number.isIntegralNumber();
            }
            return new Range(
                    numbers.get(0).decimalValue(),
                    numbers.get(1).decimalValue(),
                    numbers.has(2) ? numbers.get(2).decimalValue() : BigDecimal.ONE,
                    whole);
        }

        @Override
        public long size() {
            BigDecimal way = stop.subtract(start);
            if (way.signum() != step.signum()) {
                return 0;
            }
            BigInteger size = way.divide(step, 0, RoundingMode.CEILING).toBigInteger();
            return size.bitLength() < Long.SIZE ? size.longValue() : Long.MAX_VALUE;
        }

        @Override
        public JsonNode value(long index) {
            BigDecimal value = start.add(step.multiply(BigDecimal.valueOf(index)));
            return whole
                    ? Numbers.whole(value.toBigInteger())
                    : JsonNodeFactory.instance.numberNode(value.doubleValue());
        }
    }

    /** Evenly spaced from start to stop, both included; or powers of ten with such exponents. */
    record Spaced(double start, double stop, long size, boolean logarithmic) implements FiniteAxis {

        @Override
        public JsonNode value(long index) {
            double value = start;
            if (size > 1) {
                value = index == size - 1 ? stop : start + index * ((stop - start) / (size - 1));
            }
            return JsonNodeFactory.instance.numberNode(logarithmic ? StrictMath.pow(10, value) : value);
        }
    }
}
