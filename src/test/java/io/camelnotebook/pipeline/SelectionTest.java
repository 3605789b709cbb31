package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {

    private final ConfigFolder configs;
    private final Pipeline pipeline;

    SelectionTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
        pipeline = configs.yaml("""
                jobs:
                  prepare: {notebook: a.ipynb}
                  other: {notebook: a.ipynb}
                  train:
                    notebook: b.ipynb
                    needs: prepare
                    matrix: {model: [ridge, forest], seed: [1, 2, 3]}
                  compare: {notebook: c.ipynb, needs: train}
                """);
    }

    private List<String> selected(String... names) {
        return new Selection(List.of(names))
                .of(List.of(pipeline)).stream().flatMap(SelectionTest::jobs).toList();
    }

    private static Stream<String> jobs(Pipeline pipeline) {
        return pipeline.jobs().values().stream()
                .flatMap(template -> IntStream.range(0, template.size())
                        .mapToObj(index -> template.job(index).id()));
    }

    @Test
    void noNamesSelectEverything() {
        assertThat(new Selection(List.of()).of(List.of(pipeline))).containsExactly(pipeline);
    }

    @Test
    void aJobComesWithAllThatItNeedsByWayOfOthers() {
        assertThat(selected("compare"))
                .hasSize(8)
                .contains("prepare", "train[forest-3]")
                .doesNotContain("other");
    }

    @Test
    void ofAMatrixTheNamedJobsAreSelectedInTheirOrder() {
        assertThat(selected("train[forest-1]", "train[ridge-3]"))
                .containsExactly("prepare", "train[ridge-3]", "train[forest-1]");
    }

    @Test
    void aMatrixThatAnotherSelectedJobNeedsIsWhole() {
        assertThat(selected("train[ridge-3]", "compare")).hasSize(8);
    }

    @Test
    void aSelectedJobOfAMatrixHasTheValuesAndTheLabelThatItHasAmongAll() {
        Pipeline long_ = configs.yaml(
                "jobs: {t: {notebook: a.ipynb, matrix: {x: [%s, %s]}}}".formatted("a".repeat(120), "b".repeat(120)));
        String second = jobs(long_).toList().get(1);

        Pipeline part = new Selection(List.of(second)).of(List.of(long_)).get(0);

        assertThat(jobs(part)).containsExactly(second);
        assertThat(part.job("t").job(0).parameters().path("x").asText()).startsWith("b");
    }

    @Test
    void anUnknownJobIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> selected("trian"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no job 'trian' (did you mean 'train'?)");
        assertThatThrownBy(() -> selected("train[ridge-4]")).hasMessageContaining("did you mean 'train[ridge-1]'?");
        assertThatThrownBy(() -> selected("x"))
                .hasMessageContaining("there are 'prepare', 'other', 'train', 'compare'");
    }

    @Test
    void ofSeveralPipelinesThoseWithoutASelectedJobAreLeftOut() {
        Pipeline another = configs.yaml("jobs: {alone: {notebook: a.ipynb}}");

        assertThat(new Selection(List.of("alone")).of(List.of(pipeline, another)))
                .singleElement()
                .satisfies(part -> assertThat(jobs(part)).containsExactly("alone"));
    }
}
