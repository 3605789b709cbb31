package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a matrix that the schema allows, and counts its combinations before any is made. */
final class MatrixReader {

    static final String INCLUDE = "include";
    static final String EXCLUDE = "exclude";
    static final String SAMPLE = "sample";
    static final Set<String> RESERVED = Set.of(INCLUDE, EXCLUDE, SAMPLE);

    private final Problems problems;
    private final AxisReader axisReader;
    private final int maxJobs;

    MatrixReader(Problems problems, int maxJobs) {
        this.problems = problems;
        this.axisReader = new AxisReader(problems);
        this.maxJobs = maxJobs;
    }

    /** The matrix; empty when there was a problem with it, which has been told. */
    Optional<Matrix> read(JsonNode matrix, JsonPointer place) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        boolean complete = true;
        for (Map.Entry<String, JsonNode> field : matrix.properties()) {
            if (!RESERVED.contains(field.getKey())) {
                Optional<Axis> axis = axisReader.read(field.getValue(), place.appendProperty(field.getKey()));
                axis.ifPresent(read -> axes.put(field.getKey(), read));
                complete &= axis.isPresent();
            }
        }
        if (!complete || hasExpressions(matrix, place)) {
            return Optional.empty();
        }
        return matrix.has(SAMPLE) ? sampled(matrix, axes, place) : product(matrix, axes, place);
    }

    private Optional<Matrix> sampled(JsonNode matrix, Map<String, Axis> axes, JsonPointer place) {
        JsonPointer samplePlace = place.appendProperty(SAMPLE);
        if (matrix.has(INCLUDE) || matrix.has(EXCLUDE)) {
            problems.add(samplePlace, "a sample has no include and exclude", "remove them, or 'sample'");
            return Optional.empty();
        }
        JsonNode n = matrix.path(SAMPLE).path("n");
        long available = axes.isEmpty() ? 0 : SampledMatrix.product(axes);
        if (isTooMany(n.canConvertToLong() ? n.longValue() : Long.MAX_VALUE, samplePlace)) {
            return Optional.empty();
        }
        if (n.longValue() > available) {
            problems.add(
                    samplePlace,
                    "cannot draw " + n.asText() + " combinations from " + available,
                    axes.isEmpty() ? "add an axis" : "lower n, or add values");
            return Optional.empty();
        }
        return Optional.of(new SampledMatrix(
                axes, n.intValue(), matrix.path(SAMPLE).path("seed").longValue()));
    }

    private Optional<Matrix> product(JsonNode matrix, Map<String, Axis> axes, JsonPointer place) {
        Map<String, FiniteAxis> finite = new LinkedHashMap<>();
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            if (axis.getValue() instanceof FiniteAxis values) {
                finite.put(axis.getKey(), values);
            } else {
                problems.add(
                        place.appendProperty(axis.getKey()),
                        "values by chance need 'sample'",
                        "add sample: {n: 20, seed: 1} to the matrix");
            }
        }
        List<Map<String, JsonNode>> excludes = partials(matrix.path(EXCLUDE));
        if (finite.size() < axes.size() || !namesAxes(excludes, finite, place)) {
            return Optional.empty();
        }
        long combinations = ProductMatrix.product(finite);
        if (isTooMany(combinations, place) || (!axes.isEmpty() && isNone(combinations, axes, place))) {
            return Optional.empty();
        }
        Matrix product = new ProductMatrix(finite, excludes, partials(matrix.path(INCLUDE)));
        return isNone(product.size(), axes, place) || isTooMany(product.size(), place)
                ? Optional.empty()
                : Optional.of(product);
    }

    private boolean isNone(long combinations, Map<String, Axis> axes, JsonPointer place) {
        if (combinations > 0) {
            return false;
        }
        problems.add(
                place,
                "the matrix has 0 combinations",
                axes.isEmpty() ? "add an axis" : "give every axis a value, and don't exclude all of them");
        return true;
    }

    private boolean isTooMany(long combinations, JsonPointer place) {
        if (combinations <= maxJobs) {
            return false;
        }
        String number = combinations == Long.MAX_VALUE
                ? "more combinations than can be counted"
                : combinations + " combinations";
        problems.add(
                place,
                "the matrix has " + number + ", the limit is " + maxJobs + " jobs",
                "use fewer values or 'sample', or raise notebook.max-jobs");
        return true;
    }

    private boolean namesAxes(List<Map<String, JsonNode>> excludes, Map<String, FiniteAxis> axes, JsonPointer place) {
        boolean known = true;
        for (int i = 0; i < excludes.size(); i++) {
            for (String name : excludes.get(i).keySet()) {
                if (!axes.containsKey(name)) {
                    problems.add(
                            place.appendProperty(EXCLUDE).appendIndex(i).appendProperty(name),
                            "the matrix has no axis " + Words.quote(name),
                            Suggestion.nearest(name, axes.keySet()));
                    known = false;
                }
            }
        }
        return known;
    }

    private boolean hasExpressions(JsonNode value, JsonPointer place) {
        if (value.isTextual() && Template.isTemplate(value.textValue())) {
            problems.add(
                    place,
                    "expressions ${…} are not allowed in a matrix: its jobs are counted before anything runs",
                    "put the expression in 'parameters'");
            return true;
        }
        boolean found = false;
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                found |= hasExpressions(field.getValue(), place.appendProperty(field.getKey()));
            }
        } else {
            for (int i = 0; i < value.size(); i++) {
                found |= hasExpressions(value.get(i), place.appendIndex(i));
            }
        }
        return found;
    }

    private static List<Map<String, JsonNode>> partials(JsonNode list) {
        List<Map<String, JsonNode>> partials = new ArrayList<>();
        for (JsonNode item : list) {
            Map<String, JsonNode> values = new LinkedHashMap<>();
            item.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
            partials.add(values);
        }
        return partials;
    }
}
