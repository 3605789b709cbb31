package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFilesTest {

    private final ConfigFolder configs;

    JobFilesTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void inputsAndOutputsMayReadTheMatrixAndParameters() {
        Job job = configs.yaml("""
                        jobs:
                          train:
                            notebook: a.ipynb
                            matrix: {seed: [7]}
                            parameters: {day: monday}
                            inputs: ["data/${parameters.day}.csv", "lib/**"]
                            outputs: {model: "model-${matrix.seed}.pkl", plots: "plots/*.png"}
                        """).job("train").job(0);

        assertThat(job.inputs()).containsExactly("data/monday.csv", "lib/**");
        assertThat(job.outputs()).isEqualTo(Map.of("model", "model-7.pkl", "plots", "plots/*.png"));
    }

    @Test
    void oneInputNeedsNoListAndMayBeADefault() {
        Pipeline pipeline = configs.yaml("""
                defaults: {inputs: common.csv, cache: true}
                jobs:
                  a: {notebook: a.ipynb}
                  b: {notebook: b.ipynb, inputs: own.csv, cache: false}
                """);

        assertThat(pipeline.job("a").job(0).inputs()).containsExactly("common.csv");
        assertThat(pipeline.job("a").settings().cache()).isTrue();
        assertThat(pipeline.job("b").job(0).inputs()).containsExactly("own.csv");
        assertThat(pipeline.job("b").settings().cache()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../model.pkl", "a/../../b", "a/..", ".", "./a", "/tmp/*.png", "../*.png", " "})
    void anOutputOutsideOfTheWorkingDirectoryIsRefused(String path) {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, outputs: {model: \"" + path + "\"}}}"))
                .singleElement()
                .asString()
                .contains("output 'model': expected a path inside the job's working directory");
    }

    @Test
    void aGlobThatIsNoneIsRefused() {
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, outputs: {model: \"[a\"}}}"))
                .singleElement()
                .asString()
                .contains("expected a path or a glob, found '[a'");
    }

    @Test
    void aFileThatTheOtherJobDoesNotNameIsRefusedBeforeTheRun() {
        assertThat(configs.yamlProblems("""
                        jobs:
                          a: {notebook: a.ipynb, outputs: {model: m.pkl}}
                          b: {notebook: b.ipynb, needs: a, parameters: {m: "${jobs.a.files.modle}"}}
                        """))
                .containsExactly("x.yaml:3:49: job 'b', field 'parameters.m': ${jobs.a.files.modle}: the job 'a' has no"
                        + " output 'modle' (did you mean 'model'?)");
    }

    @Test
    void aJobTellsWhatItReadsOfOthers() {
        JobTemplate job = configs.yaml("""
                        jobs:
                          a: {notebook: a.ipynb, outputs: {m: m.pkl}}
                          b:
                            notebook: b.ipynb
                            needs: a
                            parameters: {x: ["${jobs.a.results.y}"]}
                            env: {M: "${jobs.a.output}"}
                            inputs: "${jobs.a.files.m}"
                        """).job("b");

        assertThat(job.reads()).isEqualTo(Map.of("a", Set.of("results", "output", "files")));
    }
}
