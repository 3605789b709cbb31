package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {

    private final ConfigFolder configs;

    MatrixTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void hasEveryCombinationTheLastAxisChangingFastest() {
        assertThat(combinations("{model: [ridge, forest], seed: [1, 2]}"))
                .containsExactly(
                        "{model=\"ridge\", seed=1}",
                        "{model=\"ridge\", seed=2}",
                        "{model=\"forest\", seed=1}",
                        "{model=\"forest\", seed=2}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {range: [0, 3]}              | 0 1 2
            {range: [3, 0, -1]}          | 3 2 1
            {range: [0, 10, 4]}          | 0 4 8
            {range: [0, 0.4, 0.1]}       | 0.0 0.1 0.2 0.3
            {range: [0.5, 2]}            | 0.5 1.5
            {range: [2147483646, 2147483649]} | 2147483646 2147483647 2147483648
            {linspace: [0, 1, 5]}        | 0.0 0.25 0.5 0.75 1.0
            {linspace: [3, 9, 1]}        | 3.0
            {linspace: [1, 0, 3]}        | 1.0 0.5 0.0
            {logspace: [-2, 1, 4]}       | 0.01 0.1 1.0 10.0
            [a, 1, null, true, [1], {k: v}] | "a" 1 null true [1] {"k":"v"}
            """)
    void anAxisHasTheValuesItIsWrittenFor(String axis, String values) {
        JobTemplate job = template("{x: " + axis + "}");

        assertThat(IntStream.range(0, job.size())
                        .mapToObj(
                                index -> String.valueOf(job.job(index).matrix().get("x"))))
                .containsExactly(values.split(" "));
    }

    @Test
    void excludedCombinationsAreLeftOut() {
        assertThat(combinations("{m: [a, b], s: {range: [0, 3]}, exclude: [{m: a, s: 1.0}, {s: 2}]}"))
                .containsExactly("{m=\"a\", s=0}", "{m=\"b\", s=0}", "{m=\"b\", s=1}");
    }

    @Test
    void anIncludeAddsToTheCombinationsItFitsAndIsOneOfItsOwnOtherwise() {
        assertThat(combinations("""
                        {fruit: [apple, pear], animal: [cat, dog], include: [
                          {color: green}, {color: pink, animal: cat}, {fruit: apple, shape: circle},
                          {fruit: banana}, {fruit: banana, animal: cat}]}
                        """))
                .containsExactly(
                        "{fruit=\"apple\", animal=\"cat\", color=\"pink\", shape=\"circle\"}",
                        "{fruit=\"apple\", animal=\"dog\", color=\"green\", shape=\"circle\"}",
                        "{fruit=\"pear\", animal=\"cat\", color=\"pink\"}",
                        "{fruit=\"pear\", animal=\"dog\", color=\"green\"}",
                        "{fruit=\"banana\"}",
                        "{fruit=\"banana\", animal=\"cat\"}");
    }

    @Test
    void anIncludeIsAddedAlthoughItsCombinationWasExcluded() {
        assertThat(combinations("{m: [a, b], exclude: [{m: b}], include: [{m: b, x: 1}]}"))
                .containsExactly("{m=\"a\"}", "{m=\"b\", x=1}");
    }

    @Test
    void includesAloneAreTheCombinations() {
        assertThat(combinations("{include: [{a: 1}, {a: 2, b: 3}]}")).containsExactly("{a=1}", "{a=2, b=3}");
    }

    @Test
    void aValueThatOnlySomeCombinationsHaveIsNullInTheOthers() {
        JobTemplate job = configs.yaml("""
                        jobs:
                          t:
                            notebook: a.ipynb
                            matrix: {m: [a, b], include: [{m: b, depth: 5}]}
                            parameters: {d: "${matrix.depth}"}
                        """).job("t");

        assertThat(job.job(0).parameters()).hasToString("{\"m\":\"a\",\"d\":null}");
        assertThat(job.job(1).parameters()).hasToString("{\"m\":\"b\",\"d\":5}");
    }

    @Test
    void anAxisThatAParameterReadsIsNoParameterItself() {
        JobTemplate job = configs.yaml("""
                        jobs:
                          t:
                            notebook: a.ipynb
                            matrix: {dataset: [bank], seed: [3]}
                            parameters: {url: "data/${matrix.dataset}.csv"}
                        """).job("t");

        assertThat(job.job(0).parameters()).hasToString("{\"seed\":3,\"url\":\"data/bank.csv\"}");
    }

    @Test
    void aMatrixOfTheLimitIsReadAndItsJobsAreMadeWhenAskedFor() {
        JobTemplate job = template("{a: {range: [0, 1000]}, b: {range: [0, 100]}}");

        assertThat(job.size()).isEqualTo(100_000);
        assertThat(job.job(99_999).id()).isEqualTo("t[999-99]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {m: []}                              | field 'matrix': the matrix has 0 combinations
            {m: {range: [5, 5]}}                 | field 'matrix': the matrix has 0 combinations
            {m: [a], exclude: [{m: a}]}          | field 'matrix': the matrix has 0 combinations
            {m: [], n: {range: [0, 9999999999]}, include: [{n: 1}]} | field 'matrix': the matrix has 0 combinations
            {include: []}                        | field 'matrix': the matrix has 0 combinations (add an axis)
            {}                                   | field 'matrix': expected a map of axes, found an empty map
            {m: {range: [0, 200000]}}            | field 'matrix': the matrix has 200000 combinations, the limit is 100000 jobs (use fewer values or 'sample', or raise notebook.max-jobs)
            {m: {range: [0, 1e300, 1e-300]}}     | the matrix has more combinations than can be counted, the limit is 100000 jobs
            {a: {range: [0, 9999999999]}, b: {range: [0, 9999999999]}} | the matrix has more combinations than can be counted
            {m: {linspace: [0, 1, 99999999999999999999]}}  | the matrix has more combinations than can be counted
            {m: [1], sample: {n: 200000}}        | field 'matrix.sample': the matrix has 200000 combinations, the limit is 100000 jobs
            {m: {range: [0, 1, 0]}}              | field 'matrix.m.range': the step of a range cannot be 0
            {m: {range: [0, .inf]}}              | field 'matrix.m.range': expected numbers that are finite, found Infinity
            {m: {linspace: [0, 1, 0]}}           | field 'matrix.m.linspace[2]': expected n to be a whole number from 1, found 0
            {m: {linspace: [0, 1, 2.5]}}         | field 'matrix.m.linspace[2]': expected n to be a whole number from 1, found 2.5
            {m: {logspace: [0, 400, 2]}}         | field 'matrix.m.logspace': the numbers become too large: expected none over 1.8E308
            {m: {linspace: [-1.0e308, 1.0e308, 3]}} | field 'matrix.m.linspace': the numbers become too large: expected none over 1.8E308
            {m: {rang: [0, 1]}}                  | field 'matrix.m.rang': there is no key 'rang' (did you mean 'range'?)
            {m: {range: [0]}}                    | field 'matrix.m.range': expected [start, stop] or [start, stop, step], found a list
            {m: {range: [a, b]}}                 | field 'matrix.m.range[0]': expected a number, found the text 'a'
            {m: 5}                               | field 'matrix.m': expected a list of values, or a map with one of
            {m: {uniform: [0, 1]}}               | field 'matrix.m': values by chance need 'sample' (add sample: {n: 20, seed: 1} to the matrix)
            {m: {choice: [0, 1]}}                | field 'matrix.m': values by chance need 'sample'
            {m: {uniform: [1, 0]}, sample: {n: 1}} | field 'matrix.m.uniform': expected a low bound below the high one, found 1.0 and 0.0
            {m: {loguniform: [0, 1]}, sample: {n: 1}} | field 'matrix.m.loguniform': expected a low bound greater than 0, found 0.0
            {m: {normal: [0, 0]}, sample: {n: 1}} | field 'matrix.m.normal': expected a standard deviation greater than 0, found 0.0
            {m: [1, 2], sample: {n: 3}}          | field 'matrix.sample': cannot draw 3 combinations from 2 (lower n, or add values)
            {sample: {n: 3}}                     | field 'matrix.sample': cannot draw 3 combinations from 0 (add an axis)
            {m: [1], sample: {seed: 3}}          | field 'matrix.sample': the key 'n' is missing (add n: a whole number from 1)
            {m: [1], sample: {n: 1}, include: [{m: 2}]} | field 'matrix.sample': a sample has no include and exclude
            {model: [1], exclude: [{modle: 1}]}  | field 'matrix.exclude[0].modle': the matrix has no axis 'modle' (did you mean 'model'?)
            {m: ["${run.id}"]}                   | field 'matrix.m[0]': expressions ${…} are not allowed in a matrix
            {"a b": [1]}                         | field 'matrix.a b': expected a name of letters, digits
            """)
    void aMatrixThatCannotBeIsRefused(String matrix, String message) {
        assertThat(configs.yamlProblems("jobs: {t: {notebook: a.ipynb, matrix: " + matrix + "}}"))
                .first()
                .asString()
                .contains("job 't', ")
                .contains(message);
    }

    @Test
    void theLimitIsSettable() {
        configs.with(PipelineLimits.defaults().withMaxJobs(5));

        assertThat(configs.yaml("jobs: {t: {notebook: a.ipynb, matrix: {m: {range: [0, 5]}}}}")
                        .size())
                .isEqualTo(5);
        assertThat(configs.yamlProblems("jobs: {t: {notebook: a.ipynb, matrix: {m: {range: [0, 6]}}}}"))
                .singleElement()
                .asString()
                .contains("the limit is 5 jobs");
        assertThat(configs.yamlProblems(
                        "jobs: {t: {notebook: a.ipynb, matrix: {m: {range: [0, 5]}}}, u: {notebook: b.ipynb}}"))
                .containsExactly("x.yaml: the pipeline has 6 jobs, the limit is 5"
                        + " (split the file, or raise notebook.max-jobs)");
    }

    private List<String> combinations(String matrix) {
        JobTemplate job = template(matrix);
        return IntStream.range(0, job.size())
                .mapToObj(index -> job.job(index).matrix().toString())
                .toList();
    }

    private JobTemplate template(String matrix) {
        return configs.yaml("jobs:\n  t:\n    notebook: a.ipynb\n    matrix: " + matrix)
                .job("t");
    }
}
