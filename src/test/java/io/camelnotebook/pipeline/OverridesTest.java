package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ConfigFolder configs;

    OverridesTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void aParameterIsReplacedInEveryJobThatHasIt() {
        Pipeline pipeline = configs.with(Map.of("rows", NODES.numberNode(5))).yaml("""
                        jobs:
                          a: {notebook: a.ipynb, parameters: {rows: 10, x: 1}}
                          b: {notebook: b.ipynb, parameters: {rows: "${run.id}"}}
                          c: {notebook: c.ipynb}
                        """);

        assertThat(pipeline.job("a").job(0).parameters()).hasToString("{\"rows\":5,\"x\":1}");
        assertThat(pipeline.job("b").job(0).parameters()).hasToString("{\"rows\":5}");
        assertThat(pipeline.job("c").job(0).parameters()).isEmpty();
    }

    @Test
    void anAxisBecomesTheOneValue() {
        JobTemplate job = configs.with(Map.of("seed", NODES.numberNode(9)))
                .yaml("jobs: {t: {notebook: a.ipynb, matrix: {m: [x, y], seed: {range: [0, 5]}}}}")
                .job("t");

        assertThat(job.size()).isEqualTo(2);
        assertThat(job.job(1).id()).isEqualTo("t[y-9]");
    }

    @Test
    void aNameThatNoJobHasIsRefused() {
        configs.with(Map.of("rowz", NODES.numberNode(5)));

        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, parameters: {rows: 1}}}"))
                .containsExactly("x.yaml: no job has a parameter 'rowz' (did you mean 'rows'?)");
    }

    @Test
    void aValueIsDataWhateverItLooksLike() {
        Pipeline pipeline = configs.with(Map.of("x", NODES.textNode("${run.id} $${y} ${")))
                .yaml("jobs: {a: {notebook: a.ipynb, parameters: {x: 1}}}");

        assertThat(pipeline.job("a").job(0).parameters().get("x").textValue()).isEqualTo("${run.id} $${y} ${");
    }

    @Test
    void aKeyIsSetInEveryEntryOfABatch() {
        Pipeline pipeline = configs.with(Map.of("n", NODES.numberNode(5)))
                .yaml("a: {notebook: a.ipynb, n: 1}\nb: {notebook: b.ipynb}");

        assertThat(pipeline.job("a").job(0).parameters().at("/config/n").intValue())
                .isEqualTo(5);
        assertThat(pipeline.job("b").job(0).parameters().at("/config/n").intValue())
                .isEqualTo(5);
    }
}
