package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one axis that the schema allows. */
final class AxisReader {

    private final Problems problems;

    AxisReader(Problems problems) {
        this.problems = problems;
    }

    /** The axis; empty when there was a problem with it, which has been told. */
    Optional<Axis> read(JsonNode axis, JsonPointer place) {
        if (axis.isArray()) {
            return Optional.of(listed(axis));
        }
        Map.Entry<String, JsonNode> only = axis.properties().iterator().next();
        JsonNode values = only.getValue();
        JsonPointer inner = place.appendProperty(only.getKey());
        if (only.getKey().equals("choice")) {
            return Optional.of(new Choice(listed(values)));
        }
        for (JsonNode number : values) {
            if (!Double.isFinite(number.doubleValue())) {
                problems.add(inner, "expected numbers that are finite, found " + number.asText(), "");
                return Optional.empty();
            }
        }
        // The default is a key that the schema does not have, which has been told.
        return switch (only.getKey()) {
            case "range" -> range(values, inner);
            case "linspace" -> spaced(values, false, inner);
            case "logspace" -> spaced(values, true, inner);
            case "uniform" -> distribution(Distribution.Kind.UNIFORM, values, inner);
            case "loguniform" -> distribution(Distribution.Kind.LOGUNIFORM, values, inner);
            case "normal" -> distribution(Distribution.Kind.NORMAL, values, inner);
            default -> Optional.empty();
        };
    }

    private static FiniteAxis.Listed listed(JsonNode list) {
        List<JsonNode> values = new ArrayList<>(list.size());
        list.forEach(values::add);
        return new FiniteAxis.Listed(values);
    }

    private Optional<Axis> range(JsonNode values, JsonPointer place) {
        FiniteAxis.Range range = FiniteAxis.Range.of(values);
        if (range.step().signum() == 0) {
            problems.add(place, "the step of a range cannot be 0", "");
            return Optional.empty();
        }
        return Optional.of(range);
    }

    private Optional<Axis> spaced(JsonNode values, boolean logarithmic, JsonPointer place) {
        JsonNode n = values.get(2);
        if (!n.isIntegralNumber() || n.bigIntegerValue().signum() < 1) {
            problems.add(place.appendIndex(2), "expected n to be a whole number from 1, found " + n.asText(), "");
            return Optional.empty();
        }
        double start = values.get(0).doubleValue();
        double stop = values.get(1).doubleValue();
        if (!Double.isFinite(logarithmic ? StrictMath.pow(10, Math.max(start, stop)) : stop - start)) {
            problems.add(place, "the numbers become too large: expected none over 1.8E308", "");
            return Optional.empty();
        }
        long size = n.canConvertToLong() ? n.longValue() : Long.MAX_VALUE;
        return Optional.of(new FiniteAxis.Spaced(start, stop, size, logarithmic));
    }

    private Optional<Axis> distribution(Distribution.Kind kind, JsonNode values, JsonPointer place) {
        double a = values.get(0).doubleValue();
        double b = values.get(1).doubleValue();
        boolean normal = kind == Distribution.Kind.NORMAL;
        if (normal ? b <= 0 : a >= b) {
            problems.add(
                    place,
                    normal
                            ? "expected a standard deviation greater than 0, found " + b
                            : "expected a low bound below the high one, found " + a + " and " + b,
                    "");
            return Optional.empty();
        }
        if (kind == Distribution.Kind.LOGUNIFORM && a <= 0) {
            problems.add(place, "expected a low bound greater than 0, found " + a, "");
            return Optional.empty();
        }
        return Optional.of(new Distribution(kind, a, b));
    }
}
