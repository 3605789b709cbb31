package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Combinations drawn by chance. When every axis can be counted no combination is drawn twice. The n-th combination
 * depends on the seed and n alone where an axis is a distribution, so a larger sample begins with the smaller one.
 */
final class SampledMatrix implements Matrix {

    private final Map<String, Axis> axes;
    private final int size;
    private final long seed;
    /** Which combination of the product each is; empty when an axis cannot be counted. */
    private final List<Long> drawn;

    SampledMatrix(Map<String, Axis> axes, int size, long seed) {
        this.axes = axes;
        this.size = size;
        this.seed = seed;
        this.drawn = axes.values().stream().allMatch(FiniteAxis.class::isInstance)
                ? drawWithoutRepeats(product(axes), size, new Random(scatter(seed)))
                : List.of();
    }

    /** How many combinations there are to draw from; {@link Long#MAX_VALUE} also stands for more. */
    static long product(Map<String, Axis> axes) {
        long product = 1;
        for (Axis axis : axes.values()) {
            product = Numbers.product(product, axis instanceof FiniteAxis finite ? finite.size() : Long.MAX_VALUE);
        }
        return product;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Map<String, JsonNode> combination(int index) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (drawn.isEmpty()) {
            Random random = new Random(scatter(seed + scatter(index)));
            axes.forEach((name, axis) -> values.put(name, axis.draw(random)));
            return values;
        }
        long rest = drawn.get(index);
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            FiniteAxis finite = (FiniteAxis) axis.getValue();
            values.put(axis.getKey(), finite.value(rest % finite.size()));
            rest /= finite.size();
        }
        return values;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(axes.keySet());
    }

    /** Floyd's algorithm: as many draws as there are to be, however large the product. */
    private static List<Long> drawWithoutRepeats(long product, int size, Random random) {
        Set<Long> drawn = new LinkedHashSet<>();
        for (long last = product - size; last < product; last++) {
            long next = last == Long.MAX_VALUE ? last : Numbers.below(last + 1, random);
            if (!drawn.add(next)) {
                drawn.add(last);
            }
        }
        return new ArrayList<>(drawn);
    }

    /** Random's first numbers are alike for seeds that are alike; this makes neighbours unlike (SplitMix64's mix). */
    private static long scatter(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
