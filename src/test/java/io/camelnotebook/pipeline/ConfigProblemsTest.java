package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong in a config is told with file, line, column, job, field and remedy. */
class ConfigProblemsTest {

    private static final String LABEL_RULE = "(a label is the name of a folder: 1 to 100 characters"
            + " (200 bytes in UTF-8), without '/', '\\' and control characters, not '.' or '..', no space at either end)";

    private final Path folder;
    private final ConfigFolder configs;

    ConfigProblemsTest(@TempDir Path folder) {
        this.folder = folder;
        this.configs = new ConfigFolder(folder);
    }

    @Test
    void everyProblemOfAFileIsToldInTheOrderOfTheFile() {
        assertThat(configs.yamlProblems("""
                        nme: x
                        max_parallel: 0
                        on_failure: contnue
                        jobs:
                          a:
                            notebook: a.ipynb
                            needz: b
                            timeout: 5 minutes
                            output: ../x.ipynb
                          b:
                            notebook: [b.ipynb]
                            needs: [preparing, a]
                          c c: {notebook: c.ipynb}
                          preparin: {notebook: c.ipynb, env: {A B: 1}, parameters: {"": 1}}
                          e:
                        """))
                .containsExactly(
                        "x.yaml:1:1: field 'nme': there is no key 'nme' (did you mean 'name'?)",
                        "x.yaml:2:1: field 'max_parallel': expected a whole number from 1, found the number 0",
                        "x.yaml:3:1: field 'on_failure': expected 'continue' or 'stop', found the text 'contnue'"
                                + " (did you mean 'continue'?)",
                        "x.yaml:7:5: job 'a', field 'needz': there is no key 'needz' (did you mean 'needs'?)",
                        "x.yaml:8:5: job 'a', field 'timeout': expected a duration of at most ten years, found the text"
                                + " '5 minutes' (such as 90s, 30m, 1h30m, PT5M or a number of seconds)",
                        "x.yaml:9:5: job 'a', field 'output': the path '../x.ipynb' does not stay inside the outputs"
                                + " folder, or has a name in it that no folder can have: '..'",
                        "x.yaml:11:5: job 'b', field 'notebook': expected the path of a notebook, found a list",
                        "x.yaml:12:13: job 'b', field 'needs[0]': there is no job 'preparing'"
                                + " (did you mean 'preparin'?)",
                        "x.yaml:13:3: job 'c c': expected a name of letters, digits, '_' and '-', beginning with a"
                                + " letter or '_', of at most 100 characters, found 'c c' (rename it)",
                        "x.yaml:14:39: job 'preparin', field 'env.A B': expected the name of an environment variable,"
                                + " found 'A B' (rename it)",
                        "x.yaml:14:61: job 'preparin', field 'parameters.': expected a name that is not empty, found ''"
                                + " (rename it)",
                        "x.yaml:15:3: job 'e': expected a map with 'notebook', found nothing"
                                + " (give it a value, or remove the key)");
    }

    @Test
    void placesInJsonAreThoseOfTheKeys() {
        assertThat(configs.jsonProblems("""
                        {
                        \t"jobs": {
                        \t\t"a": {"notebook": "a.ipynb", "needs": "b", "label": "\\ud83d\\ude00\\/"}
                        \t}
                        }
                        """))
                .containsExactly(
                        "x.json:3:32: job 'a', field 'needs': there is no job 'b' (there is 'a')",
                        "x.json:3:46: job 'a', field 'label': the label '😀/' contains a slash " + LABEL_RULE);
    }

    @Test
    void aProblemKeepsItsPartsForPrograms() {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> configs.yaml("jobs:\n  a:\n    notebook: a.ipynb\n    needs: [a, bb]\n"));

        assertThat(refused.problems()).first().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(folder.resolve("x.yaml"));
            assertThat(problem.line()).isEqualTo(4);
            assertThat(problem.column()).isEqualTo(5);
            assertThat(problem.job()).contains("a");
            assertThat(problem.field()).contains("needs");
            assertThat(problem.what()).isEqualTo("the jobs need each other in a circle: a -> a");
            assertThat(problem.remedy()).contains("remove one of these needs");
        });
        assertThat(refused).hasMessageContaining("there is no job 'bb'").hasMessageContaining("a -> a");
    }

    @Test
    void aMessageHasNoPlaceWhenTheProblemIsTheFile() {
        ConfigProblem problem = new ConfigProblem(
                Path.of("x.yaml"), 0, 0, Optional.empty(), Optional.empty(), "is wrong", Optional.empty());

        assertThat(problem).hasToString("x.yaml: is wrong");
    }

    @Test
    void aMisspelledJobsIsRecognised() {
        assertThat(configs.yamlProblems("job:\n  a: {notebook: a.ipynb}\n"))
                .contains("x.yaml:1:1: field 'job': there is no key 'job' (did you mean 'jobs'?)");
    }

    @Test
    void anEntryWithoutNotebookIsTold() {
        assertThat(configs.yamlProblems("a: {notebook: a.ipynb}\nb: {notebok: b.ipynb}\n"))
                .containsExactly(
                        "x.yaml:2:1: job 'b': the key 'notebook' is missing (add notebook: the path of a notebook)");
    }

    @Test
    void aMissingNotebookIsToldWithBothPlacesLookedIn() {
        Path config = configs.write("configs/x.yaml", "jobs:\n  a:\n    notebook: notebooks/nope.ipynb\n");

        assertThat(configs.problems(config))
                .containsExactly("configs/x.yaml:3:5: job 'a', field 'notebook': there is no notebook"
                        + " 'notebooks/nope.ipynb', neither in " + folder + " nor in configs"
                        + " (paths are relative to the working directory, or else to the config file's folder)");
    }

    @Test
    void aMisspelledNotebookIsRecognised() {
        configs.notebook("notebooks/explore.ipynb");

        assertThat(configs.yamlProblems("a: {notebook: notebooks/exlpore.ipynb}"))
                .singleElement()
                .asString()
                .endsWith("(did you mean 'explore.ipynb'?)");
    }

    @Test
    void aFolderIsNoNotebook() throws IOException {
        Files.createDirectory(folder.resolve("d.ipynb"));

        assertThat(configs.yamlProblems("a: {notebook: d.ipynb}"))
                .containsExactly("x.yaml:1:5: job 'a', field 'notebook': 'd.ipynb' is not a file"
                        + " (name a notebook in it, one that ends in .ipynb)");
    }

    @Test
    void aCircleIsPrinted() {
        assertThat(configs.yamlProblems("""
                        jobs:
                          a: {notebook: a.ipynb, needs: b}
                          b: {notebook: b.ipynb, needs: [x, c]}
                          c: {notebook: c.ipynb, needs: b}
                          x: {notebook: c.ipynb, label: x}
                        """))
                .containsExactly("x.yaml:3:26: job 'b', field 'needs': the jobs need each other in a circle:"
                        + " b -> c -> b (remove one of these needs)");
    }

    @Test
    void twoJobsThatWouldWriteTheSameFileAreRefusedEvenIfOnlyTheirCaseDiffers() {
        configs.notebook("other/a.ipynb");

        assertThat(configs.yamlProblems("""
                        jobs:
                          a: {notebook: a.ipynb, label: same}
                          b: {notebook: other/a.ipynb, label: Same}
                        """))
                .containsExactly("x.yaml:3:32: job 'b', field 'label': the jobs 'a' and 'b' would both write"
                        + " a/Same/a_Same.ipynb (give them different labels, such as label: b-2)");
    }

    @Test
    void jobsOfAMatrixNeedDifferentLabels() {
        assertThat(configs.yamlProblems(
                        "jobs:\n  a: {notebook: a.ipynb, matrix: {m: [1, 2], n: [1, 2]}, label: \"x-${matrix.m}\"}"))
                .containsExactly("x.yaml:2:58: job 'a', field 'label': the jobs 'a[x-1]' and 'a[x-1]' would both write"
                        + " a/x-1/a_x-1.ipynb (give them different labels, such as label:"
                        + " \"${matrix.m}-${matrix.n}\")");
    }

    @Test
    void aCombinationThatAMatrixHasTwiceIsTold() {
        assertThat(configs.yamlProblems("jobs:\n  a: {notebook: a.ipynb, matrix: {m: [1, 2, 1]}}"))
                .containsExactly("x.yaml:2:26: job 'a', field 'matrix': the matrix has a combination twice, that of the"
                        + " job 'a[1]' (remove one of them)");
    }

    @Test
    void labelsOfAMatrixThatDifferByCaseOnlyAreToldAsSuch() {
        assertThat(configs.yamlProblems(
                        "jobs:\n  a: {notebook: a.ipynb, matrix: {m: [Ab, aB]}, label: \"${matrix.m}\"}"))
                .containsExactly("x.yaml:2:49: job 'a', field 'label': the jobs 'a[Ab]' and 'a[aB]' would both write"
                        + " a/aB/a_aB.ipynb (give them labels that differ in more than small and capital letters)");
    }

    @Test
    void jobsOfAMatrixNeedDifferentLabelsEvenWhenTheirOutputsDiffer() {
        assertThat(configs.yamlProblems("jobs:\n  a: {notebook: a.ipynb, matrix: {m: [1, 2]}, label: x,"
                        + " output: \"${matrix.m}.ipynb\"}"))
                .singleElement()
                .asString()
                .contains("the jobs 'a[x]' and 'a[x]'");
    }

    @Test
    void twoEntriesWithTheSameOutputLabelAreRefused() {
        assertThat(configs.jsonProblems("""
                        {"a": {"notebook": "a.ipynb"},
                         "b": {"notebook": "a.ipynb", "output_label": "a"}}
                        """))
                .containsExactly("x.json:2:31: job 'b', field 'output_label': the jobs 'a' and 'b' would both write"
                        + " a/a/a_a.ipynb (give one of them another output_label)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/x", "/etc/passwd", "", "a/b", "a\\\\b", "a\\u0000b", "..", ".", " a", "a "})
    void aLabelThatIsNoFolderNameIsRefused(String label) {
        assertThat(configs.jsonProblems("{\"a\": {\"notebook\": \"a.ipynb\", \"output_label\": \"" + label + "\"}}"))
                .singleElement()
                .asString()
                .startsWith("x.json:1:31: job 'a', field 'output_label': the label ")
                .endsWith(LABEL_RULE);
    }

    @Test
    void aLabelOf300CharactersIsRefusedWithItsLength() {
        assertThat(configs.jsonProblems(
                        "{\"a\": {\"notebook\": \"a.ipynb\", \"output_label\": \"" + "x".repeat(300) + "\"}}"))
                .containsExactly(
                        "x.json:1:31: job 'a', field 'output_label': the label is 300 characters long " + LABEL_RULE);
    }

    @Test
    void anEntryWhoseNameIsNoLabelNeedsOne() {
        assertThat(configs.yamlProblems("a/b: {notebook: a.ipynb}"))
                .containsExactly("x.yaml:1:1: job 'a/b': the label 'a/b' contains a slash " + LABEL_RULE);
    }

    @Test
    void aFeatureMaySayThatItIsOff() {
        assertThat(configs.yaml("jobs: {a: {notebook: a.ipynb, retries: 0, cache: false, inputs: [], html: false}}")
                        .jobs())
                .containsOnlyKeys("a");
        assertThat(configs.yaml("jobs: {a: {notebook: a.ipynb, retries: {attempts: 1}}}")
                        .jobs())
                .containsOnlyKeys("a");
    }

    @Test
    void expressionsAreRefusedWhereTheyAreNotEvaluated() {
        assertThat(configs.yamlProblems("""
                        name: "${run.id}"
                        defaults: {kernel: "${matrix.k}"}
                        publish: ["file:${run.id}"]
                        jobs:
                          a: {notebook: "${matrix.k}.ipynb"}
                        """))
                .containsExactly(
                        "x.yaml:1:1: field 'name': expressions ${…} are not allowed in 'name'"
                                + " (the name becomes a folder)",
                        "x.yaml:2:12: field 'defaults.kernel': expressions ${…} are not allowed in 'kernel'"
                                + " (they may be in parameters, label, output, env and cwd)",
                        "x.yaml:3:11: field 'publish[0]': placeholders are not allowed in 'publish': 'file:${run.id}'"
                                + " (name a destination of the engine's settings, which may have secrets)",
                        "x.yaml:5:7: job 'a', field 'notebook': expressions ${…} are not allowed in 'notebook'"
                                + " (they may be in parameters, label, output, env and cwd)");
    }

    @Test
    void aPipelinesNameBecomesAFolder() {
        assertThat(configs.yamlProblems("name: ../x\njobs: {a: {notebook: a.ipynb}}"))
                .containsExactly(
                        "x.yaml:1:1: field 'name': the name '../x' contains a slash (the name becomes a folder)");
    }

    @Test
    void moreProblemsThanAnyoneReadsAreCut() {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            batch.append("e").append(i).append(": {notebook: nope.ipynb}\n");
        }

        assertThat(configs.yamlProblems(batch.toString()))
                .hasSize(101)
                .endsWith("x.yaml: there are more problems than these 100 (mend these first)");
    }

    @Test
    void aTextFromTheFileCannotForgeLinesOfALog() {
        assertThat(configs.with(Map.of()).jsonProblems("{\"jobs\": {\"a\": {\"notebook\": \"x\\nERROR\\u001b[31m\"}}}"))
                .singleElement()
                .asString()
                .contains("'x\\u000aERROR\\u001b[31m'")
                .hasLineCount(1);
    }
}
