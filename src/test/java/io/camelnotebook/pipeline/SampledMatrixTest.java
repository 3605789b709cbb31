package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledMatrixTest {

    private static final Distribution UNIFORM = new Distribution(Distribution.Kind.UNIFORM, 2, 4);

    @Test
    void drawsTheSameOnEveryMachine() {
        Map<String, Axis> axes = new LinkedHashMap<>();
        axes.put("m", choice("ridge", "forest", "boosting"));
        axes.put("u", UNIFORM);
        axes.put("l", new Distribution(Distribution.Kind.LOGUNIFORM, 0.001, 1));
        axes.put("n", new Distribution(Distribution.Kind.NORMAL, 0, 1));

        assertThat(combinations(new SampledMatrix(axes, 3, 7)))
                .containsExactly(
                        "{m=\"forest\", u=2.8085301128954274, l=0.03882474311714734, n=-0.6142280184721918}",
                        "{m=\"boosting\", u=3.9678793662513225, l=0.11595424119722017, n=-0.6425291701018875}",
                        "{m=\"ridge\", u=2.100621598982504, l=0.5209096591356543, n=-1.011575756944663}");
    }

    @Test
    void aLargerSampleBeginsWithTheSmallerOne() {
        Map<String, Axis> axes = Map.of("u", UNIFORM);

        assertThat(combinations(new SampledMatrix(axes, 20, 1)))
                .startsWith(combinations(new SampledMatrix(axes, 10, 1)).toArray(String[]::new))
                .doesNotHaveDuplicates();
    }

    @Test
    void anotherSeedDrawsOthers() {
        Map<String, Axis> axes = Map.of("u", UNIFORM);

        assertThat(combinations(new SampledMatrix(axes, 10, 1)))
                .doesNotContainAnyElementsOf(combinations(new SampledMatrix(axes, 10, 2)));
    }

    @Test
    void noCombinationIsDrawnTwiceWhenAllCanBeCounted() {
        Map<String, Axis> axes = new LinkedHashMap<>();
        axes.put("a", new FiniteAxis.Spaced(0, 1, 10, false));
        axes.put("b", new FiniteAxis.Spaced(0, 1, 10, false));

        assertThat(combinations(new SampledMatrix(axes, 100, 3))).hasSize(100).doesNotHaveDuplicates();
        assertThat(combinations(new SampledMatrix(axes, 5, 3))).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aProductThatCannotBeCountedIsDrawnFromAllTheSame() {
        FiniteAxis huge = new FiniteAxis.Spaced(0, 1, Long.MAX_VALUE, false);

        assertThat(combinations(new SampledMatrix(Map.of("a", huge), 50, 3))).doesNotHaveDuplicates();
    }

    @Test
    void aUniformDistributionStaysBetweenItsBoundsAndFillsThem() {
        List<Double> values = draw(UNIFORM);

        assertThat(values).allSatisfy(value -> assertThat(value).isBetween(2.0, 4.0));
        assertThat(mean(values)).isCloseTo(3, within(0.05));
    }

    @Test
    void aLogarithmicDistributionHasEveryOrderOfMagnitudeAlike() {
        List<Double> values = draw(new Distribution(Distribution.Kind.LOGUNIFORM, 0.01, 1));

        assertThat(values).allSatisfy(value -> assertThat(value).isBetween(0.01, 1.0));
        assertThat(mean(values.stream().map(value -> value < 0.1 ? 1.0 : 0.0).toList()))
                .isCloseTo(0.5, within(0.05));
    }

    @Test
    void aNormalDistributionHasItsMeanAndDeviation() {
        List<Double> values = draw(new Distribution(Distribution.Kind.NORMAL, 10, 2));
        double mean = mean(values);

        assertThat(mean).isCloseTo(10, within(0.1));
        assertThat(Math.sqrt(mean(values.stream()
                        .map(value -> (value - mean) * (value - mean))
                        .toList())))
                .isCloseTo(2, within(0.1));
    }

    private static Choice choice(String... values) {
        return new Choice(new FiniteAxis.Listed(Arrays.stream(values)
                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                .toList()));
    }

    private static List<Double> draw(Distribution distribution) {
        SampledMatrix matrix = new SampledMatrix(Map.of("x", distribution), 5_000, 42);
        return IntStream.range(0, matrix.size())
                .mapToObj(index ->
                        matrix.combination(index).values().iterator().next().doubleValue())
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static List<String> combinations(Matrix matrix) {
        return IntStream.range(0, matrix.size())
                .mapToObj(index -> matrix.combination(index).toString())
                .toList();
    }
}
