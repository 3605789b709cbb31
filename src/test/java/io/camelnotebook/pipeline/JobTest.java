package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {

    private final Path folder;
    private final ConfigFolder configs;

    JobTest(@TempDir Path folder) {
        this.folder = folder;
        this.configs = new ConfigFolder(folder);
    }

    @Test
    void aSingleJobIsCalledAndLabelledByItsName() {
        Job job = configs.yaml("jobs: {prepare: {notebook: a.ipynb}}")
                .job("prepare")
                .job(0);

        assertThat(job.id()).isEqualTo("prepare");
        assertThat(job.label()).isEqualTo("prepare");
        assertThat(job.outputFolder()).isEqualTo("a/prepare");
        assertThat(job.outputName()).isEqualTo("a_prepare");
        assertThat(job.isResolved()).isTrue();
    }

    @Test
    void aJobOfAMatrixIsCalledByItsLabel() {
        JobTemplate train = configs.yaml(
                        "jobs: {train: {notebook: a.ipynb, matrix: {m: [ridge], s: [3]}, label: \"${matrix.m}_${matrix.s}\"}}")
                .job("train");

        assertThat(train.job(0)).hasToString("train[ridge_3]");
        assertThat(train.job(0).outputFolder()).isEqualTo("a/ridge_3");
    }

    @Test
    void theDefaultLabelOfAMatrixIsItsValues() {
        JobTemplate train = configs.yaml(
                        "jobs: {t: {notebook: a.ipynb, matrix: {m: [data/x.csv, \" y \"], s: [0.1, null]}}}")
                .job("t");

        assertThat(train.job(0).label()).isEqualTo("data_x.csv-0.1");
        assertThat(train.job(3).label()).isEqualTo("y -null");
    }

    @Test
    void aNumberThatJsonDoesNotHaveIsInALabelWithoutQuotes() {
        JobTemplate train = configs.yaml("jobs: {t: {notebook: a.ipynb, matrix: {x: [.nan, -.inf]}}}")
                .job("t");
        JobTemplate own = configs.yaml(
                        "jobs: {t: {notebook: a.ipynb, label: \"x-${matrix.x}\", matrix: {x: [.nan, -.inf]}}}")
                .job("t");

        assertThat(train.job(0).label()).isEqualTo("NaN");
        assertThat(own.job(1).label()).isEqualTo("x--Infinity");
    }

    @Test
    void aDefaultLabelThatIsTooLongIsCutAndNumbered() {
        String text = "é".repeat(200);
        JobTemplate train = configs.yaml(
                        "jobs: {t: {notebook: a.ipynb, matrix: {m: [%sa, %sb]}}}".formatted(text, text))
                .job("t");

        assertThat(train.job(1).label()).isEqualTo("é".repeat(40) + "-1");
    }

    @Test
    void theValuesOfTheMatrixAreParametersUnlessTheJobSaysOtherwise() {
        Job job = configs.yaml(
                        "jobs: {t: {notebook: a.ipynb, matrix: {m: [x], n: [1]}, parameters: {n: 2, o: \"${matrix.n}\"}}}")
                .job("t")
                .job(0);

        assertThat(job.parameters()).hasToString("{\"m\":\"x\",\"n\":2,\"o\":1}");
    }

    @Test
    void anOutputPutsTheNotebookElsewhere() {
        Job job = configs.yaml(
                        "jobs: {t: {notebook: a.ipynb, matrix: {m: [x]}, output: \"reports/${matrix.m}.ipynb\"}}")
                .job("t")
                .job(0);

        assertThat(job.outputFolder()).isEqualTo("reports");
        assertThat(job.outputName()).isEqualTo("x");
    }

    @Test
    void anOutputMayBeInTheOutputsFolderItself() {
        Job job = configs.yaml("jobs: {t: {notebook: a.ipynb, output: x.ipynb}}")
                .job("t")
                .job(0);

        assertThat(job.outputFolder()).isEmpty();
        assertThat(job.outputName()).isEqualTo("x");
    }

    @Test
    void settingsComeFromTheJobOrElseFromTheDefaults() {
        Pipeline pipeline = configs.yaml("""
                defaults: {kernel: python3, timeout: 1h, cell_timeout: 10, strict_parameters: true, priority: 3}
                publish: [file:results]
                jobs:
                  a: {notebook: a.ipynb}
                  b: {notebook: b.ipynb, kernel: ir, timeout: 0, cell_timeout: 1m, strict_parameters: false,
                      allow_errors: true, priority: -1, publish: []}
                """);

        JobSettings a = pipeline.job("a").settings();
        assertThat(a.kernel()).contains("python3");
        assertThat(a.timeout()).contains(Duration.ofHours(1));
        assertThat(a.cellTimeout()).contains(Duration.ofSeconds(10));
        assertThat(a.strictParameters()).isTrue();
        assertThat(a.cells()).isEqualTo(CellRules.DEFAULT);
        assertThat(a.priority()).isEqualTo(3);
        assertThat(a.publish()).containsExactly("file:results");
        JobSettings b = pipeline.job("b").settings();
        assertThat(b.kernel()).contains("ir");
        assertThat(b.timeout()).isEmpty();
        assertThat(b.cellTimeout()).contains(Duration.ofMinutes(1));
        assertThat(b.strictParameters()).isFalse();
        assertThat(b.cells().allowErrors()).isTrue();
        assertThat(b.priority()).isEqualTo(-1);
        assertThat(b.publish()).isEmpty();
    }

    @Test
    void allowedErrorsAndTagsThatSkipCellsAreLists() {
        Pipeline pipeline = configs.yaml("""
                defaults: {allow_errors: [ValueError], skip_tags: [slow, plots]}
                jobs:
                  a: {notebook: a.ipynb}
                  b: {notebook: b.ipynb, allow_errors: false, skip_tags: []}
                """);

        assertThat(pipeline.job("a").settings().cells())
                .isEqualTo(new CellRules(false, List.of("ValueError"), List.of("slow", "plots")));
        assertThat(pipeline.job("b").settings().cells()).isEqualTo(new CellRules(false, List.of(), List.of()));
    }

    @Test
    void aNameOfAnErrorThatIsNotInAListIsRefused() {
        // YAML 1.2 takes yes for a text, which is no name of an error.
        assertThat(configs.yamlProblems("jobs: {a: {notebook: a.ipynb, allow_errors: yes}}"))
                .singleElement()
                .asString()
                .contains("'allow_errors': expected true, false, or a list of names of errors, found the text 'yes'");
    }

    @Test
    void aPipelineKeepsItsJobsInTheOrderOfTheFile() {
        Pipeline pipeline = configs.yaml("""
                name: churn
                max_parallel: 4
                on_failure: stop
                jobs:
                  z: {notebook: a.ipynb, needs: m, matrix: {m: [1, 2]}}
                  m: {notebook: b.ipynb}
                """);

        assertThat(pipeline.name()).isEqualTo("churn");
        assertThat(pipeline.file()).isEqualTo(folder.resolve("x.yaml"));
        assertThat(pipeline.maxParallel()).hasValue(4);
        assertThat(pipeline.onFailure()).isEqualTo(OnFailure.STOP);
        assertThat(pipeline.jobs()).containsOnlyKeys("z", "m");
        assertThat(pipeline.jobs().keySet()).containsExactly("z", "m");
        assertThat(pipeline.graph().order()).containsExactly("m", "z");
        assertThat(pipeline.size()).isEqualTo(3);
        assertThat(pipeline.job("z").needs()).containsExactly("m");
        assertThatThrownBy(() -> pipeline.job("y")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aPipelineWithoutNameHasTheNameOfItsFile() {
        Path config = configs.write("configs/my sweep.v2.yml", "jobs: {a: {notebook: a.ipynb}}");

        Pipeline pipeline = configs.read(config);
        assertThat(pipeline.name()).isEqualTo("my sweep.v2");
        assertThat(pipeline.maxParallel()).isEqualTo(OptionalInt.empty());
        assertThat(pipeline.onFailure()).isEqualTo(OnFailure.CONTINUE);
    }

    @Test
    void aNotebookIsFoundInTheWorkingDirectoryFirst() {
        configs.notebook("configs/a.ipynb").notebook("configs/only.ipynb");
        Pipeline pipeline = configs.read(configs.write(
                "configs/x.yaml",
                "jobs: {a: {notebook: a.ipynb}, b: {notebook: only.ipynb}, c: {notebook: ../c.ipynb}}"));

        assertThat(pipeline.job("a").notebookFile()).isEqualTo(folder.resolve("a.ipynb"));
        assertThat(pipeline.job("a").notebook()).isEqualTo("a.ipynb");
        assertThat(pipeline.job("b").notebookFile()).isEqualTo(folder.resolve("configs/only.ipynb"));
        assertThat(pipeline.job("c").notebookFile()).isEqualTo(folder.resolve("c.ipynb"));
    }
}
