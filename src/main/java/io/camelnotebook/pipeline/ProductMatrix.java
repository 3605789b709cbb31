package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every combination of the axes, the last axis changing fastest; without those excluded, and with what is included:
 * an include whose values for axes are those of some combinations adds its other values to these, one that fits none
 * is a combination of its own, after the others.
 */
final class ProductMatrix implements Matrix {

    private final Map<String, FiniteAxis> axes;
    private final Set<String> names = new LinkedHashSet<>();
    /** Which combinations of the product are kept; null when all are. */
    private final int @Nullable [] kept;

    private final int keptSize;
    private final List<Include> includes = new ArrayList<>();
    private final List<Map<String, JsonNode>> added = new ArrayList<>();

    private record Include(PartialCombination fits, Map<String, JsonNode> values) {}

    /**
     * @param axes their product is at most the limit of jobs; none makes no combinations
     * @param excludes naming axes only
     */
    ProductMatrix(
            Map<String, FiniteAxis> axes, List<Map<String, JsonNode>> excludes, List<Map<String, JsonNode>> includes) {
        this.axes = axes;
        names.addAll(axes.keySet());
        int product = (int) product(axes);
        this.kept = excludes.isEmpty() ? null : kept(product, excludes);
        this.keptSize = kept == null ? product : kept.length;
        for (Map<String, JsonNode> values : includes) {
            names.addAll(values.keySet());
            PartialCombination fits = new PartialCombination(axes, values);
            if (fitsSome(fits)) {
                this.includes.add(new Include(fits, values));
            } else {
                added.add(values);
            }
        }
    }

    /** How many combinations the axes have; {@link Long#MAX_VALUE} also stands for more. */
    static long product(Map<String, FiniteAxis> axes) {
        long product = axes.isEmpty() ? 0 : 1;
        for (FiniteAxis axis : axes.values()) {
            product = Numbers.product(product, axis.size());
        }
        return product;
    }

    @Override
    public int size() {
        return keptSize + added.size();
    }

    @Override
    public Map<String, JsonNode> combination(int index) {
        if (index >= keptSize) {
            return new LinkedHashMap<>(added.get(index - keptSize));
        }
        int product = inProduct(index);
        Map<String, JsonNode> values = new LinkedHashMap<>();
        int[] digits = digits(product);
        int axis = 0;
        for (Map.Entry<String, FiniteAxis> entry : axes.entrySet()) {
            values.put(entry.getKey(), entry.getValue().value(digits[axis++]));
        }
        for (Include include : includes) {
            if (include.fits().matches(digits)) {
                include.values().forEach((name, value) -> {
                    if (!axes.containsKey(name)) {
                        values.put(name, value);
                    }
                });
            }
        }
        return values;
    }

    @Override
    public Set<String> names() {
        return names;
    }

    private int[] kept(int product, List<Map<String, JsonNode>> excludes) {
        List<PartialCombination> excluded = excludes.stream()
                .map(values -> new PartialCombination(axes, values))
                .toList();
        int[] indexes = new int[product];
        int size = 0;
        for (int index = 0; index < product; index++) {
            int[] digits = digits(index);
            if (excluded.stream().noneMatch(partial -> partial.matches(digits))) {
                indexes[size++] = index;
            }
        }
        return Arrays.copyOf(indexes, size);
    }

    private boolean fitsSome(PartialCombination fits) {
        for (int index = 0; index < keptSize; index++) {
            if (fits.matches(digits(inProduct(index)))) {
                return true;
            }
        }
        return false;
    }

    private int inProduct(int index) {
        return kept == null ? index : kept[index];
    }

    /** Which value of each axis a combination of the product has. */
    private int[] digits(int product) {
        int[] digits = new int[axes.size()];
        long[] sizes = axes.values().stream().mapToLong(FiniteAxis::size).toArray();
        int rest = product;
        for (int axis = digits.length - 1; axis >= 0; axis--) {
            digits[axis] = (int) (rest % sizes[axis]);
            rest = (int) (rest / sizes[axis]);
        }
        return digits;
    }
}
