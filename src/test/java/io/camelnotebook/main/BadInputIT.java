package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code run} says of input that will not do: where it is, what is wrong, how to mend it; and nothing is run. */
class BadInputIT {

    private static final String LABEL_RULE = "(a label is the name of a folder: 1 to 100 characters";

    private Path directory;
    private Path outputs;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        outputs = directory.resolve("outputs");
        Notebooks.write(directory.resolve("good.ipynb"), "x = 1");
        Files.writeString(directory.resolve("text.ipynb"), "no notebook");
        for (int version : List.of(3, 5)) {
            Files.writeString(
                    directory.resolve("v" + version + ".ipynb"),
                    "{\"nbformat\": " + version + ", \"nbformat_minor\": 0, \"metadata\": {}, \"cells\": []}");
        }
    }

    static Stream<Arguments> badConfigs() {
        return Stream.of(
                arguments("bad.yaml", "jobs: [", ":1:8: this is not YAML", "(mend the syntax"),
                arguments("bad.json", "{\"jobs\": {", ":1:11: this is not JSON", "(mend the syntax"),
                arguments("empty.yaml", "", ": the file is empty", "(describe at least one job)"),
                arguments("empty.json", "", ": the file is empty", "(describe at least one job)"),
                arguments(
                        "twice.yaml",
                        "jobs:\n  a: {notebook: good.ipynb}\n  a: {notebook: good.ipynb}",
                        ":3:3: the key 'a' is here a second time, first in line 2",
                        "(remove or rename one of them)"),
                arguments(
                        "twice.json",
                        "{\"a\": {\"notebook\": \"good.ipynb\",\n\"notebook\": \"good.ipynb\"}}",
                        ":2:1: the key 'notebook' is here a second time, first in line 1",
                        "(remove or rename one of them)"),
                arguments(
                        "unknown.yaml",
                        "jobs:\n  a:\n    notebook: good.ipynb\n    parametrs: {x: 1}",
                        ":4:5: job 'a', field 'parametrs': there is no key 'parametrs'",
                        "(did you mean 'parameters'?)"),
                arguments(
                        "missing.yaml",
                        "jobs:\n  a:\n    notebook: god.ipynb",
                        ":3:5: job 'a', field 'notebook': there is no notebook 'god.ipynb'",
                        "(did you mean 'good.ipynb'?)"),
                arguments(
                        "text.yaml",
                        "jobs:\n  a:\n    notebook: text.ipynb",
                        ":3:5: job 'a', field 'notebook': ",
                        "text.ipynb, line 1, column 3: expected a notebook as JSON"),
                arguments(
                        "v3.yaml",
                        "jobs:\n  a:\n    notebook: v3.ipynb",
                        "v3.ipynb, at /worksheets: expected a list of worksheets, found nothing",
                        "open it in Jupyter and save it again"),
                arguments(
                        "v5.yaml",
                        "jobs:\n  a:\n    notebook: v5.ipynb",
                        "v5.ipynb, at /nbformat: expected the number 4, or 2 or 3, which are upgraded, found 5",
                        "save it as nbformat 4"),
                arguments(
                        "need.yaml",
                        "jobs:\n  prepare: {notebook: good.ipynb}\n  b:\n    notebook: good.ipynb\n    needs: prepar",
                        ":5:5: job 'b', field 'needs': there is no job 'prepar'",
                        "(did you mean 'prepare'?)"),
                arguments(
                        "circle.yaml",
                        "jobs:\n  a: {notebook: good.ipynb, needs: b}\n  b: {notebook: good.ipynb, needs: a}",
                        ":2:29: job 'a', field 'needs': the jobs need each other in a circle: a -> b -> a",
                        "(remove one of these needs)"),
                arguments(
                        "same.yaml",
                        "jobs:\n  a: {notebook: good.ipynb, label: x}\n  b: {notebook: good.ipynb, label: x}",
                        ":3:29: job 'b', field 'label': the jobs 'a' and 'b' would both write good/x/good_x.ipynb",
                        "(give them different labels"),
                arguments(
                        "name.yaml",
                        "jobs:\n  a:\n    notebook: good.ipynb\n    parameters: {not a name: 1}",
                        ":4:5: job 'a', field 'parameters': Parameter 'not a name' cannot be a variable in Python",
                        "rename it, for example to 'not_a_name'"),
                arguments(
                        "nothing.yaml",
                        "jobs:\n  a:\n    notebook: good.ipynb\n    matrix: {x: []}",
                        ":4:5: job 'a', field 'matrix': the matrix has 0 combinations",
                        "(give every axis a value"),
                arguments(
                        "large.yaml",
                        "jobs:\n  a:\n    notebook: good.ipynb\n    matrix: {x: {range: [0, 200000]}}",
                        ":4:5: job 'a', field 'matrix': the matrix has 200000 combinations, the limit is 100000 jobs",
                        "or raise notebook.max-jobs)"),
                arguments(
                        "publish-all.yaml",
                        "publish: ['file:shared', 'exec:rm']\njobs:\n  a: {notebook: good.ipynb}\n  b: {notebook: good.ipynb, label: b}",
                        ":1:1: field 'publish': destinations of scheme 'exec' are not allowed; allowed: file",
                        "add it to notebook.publish.schemes in application.properties"),
                arguments(
                        "publish.yaml",
                        "jobs:\n  a:\n    notebook: good.ipynb\n    publish: ['exec:rm']",
                        ":4:5: job 'a', field 'publish': destinations of scheme 'exec' are not allowed; allowed: file",
                        "add it to notebook.publish.schemes in application.properties"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("badConfigs")
    void aBadConfigIsRefusedWithItsPlaceAndTheRemedy(String name, String text, String problem, String remedy)
            throws IOException {
        Files.writeString(directory.resolve(name), text);

        assertThat(refuse(name)).contains(directory.resolve(name) + ":", problem, remedy);
    }

    static Stream<Arguments> hostileLabels() {
        return Stream.of(
                arguments("../../etc/x", "the label '../../etc/x' contains a slash"),
                arguments("/etc/x", "the label '/etc/x' contains a slash"),
                arguments("..", "the label is '..', which names another folder"),
                arguments("", "the label is empty"),
                arguments("a/b", "the label 'a/b' contains a slash"),
                arguments("a\\u0000b", "the label 'a\\u0000b' contains a control character"),
                arguments("x".repeat(300), "the label is 300 characters long"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("hostileLabels")
    void aLabelThatIsNoNameOfAFolderIsRefused(String label, String problem) throws IOException {
        Files.writeString(
                directory.resolve("batch.json"),
                "{\"a\": {\"notebook\": \"good.ipynb\",\n \"output_label\": \"" + label + "\"}}");

        assertThat(refuse("batch.json"))
                .contains("batch.json:2:2: job 'a', field 'output_label': " + problem, LABEL_RULE);
    }

    @Test
    void aProblemOfThePipelineIsNotToldAgainForEachOfItsJobs() throws IOException {
        Files.writeString(
                directory.resolve("all.yaml"),
                "publish: ['jms:topic:x']\njobs:\n  a: {notebook: good.ipynb}\n  b: {notebook: good.ipynb, label: b}");

        assertThat(refuse("all.yaml")).containsOnlyOnce("'jms'");
    }

    @Test
    void aDestinationWhoseComponentIsMissingIsRefused() throws Exception {
        Files.writeString(directory.resolve("far.yaml"), "publish: ['sftp:host/x']\njobs: {a: {notebook: good.ipynb}}");

        Engine engine = Engine.run(directory, "-Dnotebook.publish.schemes=file,sftp", "run", "far.yaml");

        assertThat(engine.exitStatus()).isEqualTo(2);
        assertThat(engine.err())
                .contains(
                        "far.yaml:1:1: field 'publish': the component for 'sftp:' is not here; fetch it",
                        "--dep camel-ftp")
                .doesNotContain("\tat ");
        assertThatNothingWasRun();
    }

    @Test
    void aMissingConfigFileIsNamed() {
        assertThat(refuse("nowhere.yaml"))
                .contains(directory.resolve("nowhere.yaml") + ": there is no such file (check the path)");
    }

    @Test
    void oneBadConfigKeepsTheGoodOnesFromRunningAndAllProblemsOfAllAreTold() throws IOException {
        Files.writeString(directory.resolve("good.yaml"), "jobs: {a: {notebook: good.ipynb}}");
        Files.writeString(
                directory.resolve("two.yaml"),
                "jobs:\n  a: {notebook: no.ipynb}\n  b: {notebook: good.ipynb, needs: c}");
        Files.writeString(directory.resolve("empty.yaml"), "");

        assertThat(refuse("good.yaml", "two.yaml", "empty.yaml"))
                .contains("two.yaml:2:7: job 'a'", "two.yaml:3:29: job 'b'", "empty.yaml: the file is empty")
                .doesNotContain("good.yaml");
    }

    @Test
    void anOutputsFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory.resolve("good.yaml"), "jobs: {a: {notebook: good.ipynb}}");
        Files.writeString(directory.resolve("file"), "");
        outputs = directory.resolve("file/outputs");

        assertThat(refuse("good.yaml"))
                .contains(
                        "the ledger " + outputs.resolve("runs.db") + " cannot be opened",
                        "Not a directory",
                        "name another one with --outputs");
    }

    @Test
    void aKernelThatIsNotInstalledIsToldWithThoseThatAre() throws Exception {
        Files.writeString(
                directory.resolve("kernel.yaml"), "jobs:\n  a:\n    notebook: good.ipynb\n    kernel: pyton3\n");

        Engine engine = Engine.run(directory, "run", "kernel.yaml");

        assertThat(engine.exitStatus()).isEqualTo(2);
        assertThat(engine.err())
                .contains("kernel.yaml:4:5: job 'a', field 'kernel': No kernel is called 'pyton3'")
                .contains("  python3 (", "Name one of those found as the kernel, or install it")
                .doesNotContain("\tat ");
        assertThatNothingWasRun();
    }

    @Test
    void aJobCountThatIsNoNumberIsRefused() throws IOException {
        Files.writeString(directory.resolve("good.yaml"), "jobs: {a: {notebook: good.ipynb}}");

        assertThat(refuse("-j", "many", "good.yaml")).contains("'many'", "--jobs", "See 'camel-notebook run --help'");
        assertThat(refuse("-j", "0", "good.yaml")).contains("'0'", "expected a whole number from 1");
    }

    /** Runs config files, which have to be refused, and gives what was said. */
    private String refuse(String... arguments) {
        StringWriter err = new StringWriter();
        String[] words = Stream.concat(
                        Stream.of("run", "--outputs", outputs.toString()),
                        Stream.of(arguments)
                                .map(word -> word.contains(".")
                                        ? directory.resolve(word).toString()
                                        : word))
                .toArray(String[]::new);
        int status = CamelNotebook.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThatNothingWasRun();
        return err.toString();
    }

    private void assertThatNothingWasRun() {
        if (Files.isDirectory(outputs)) {
            assertThat(outputs)
                    .isDirectoryNotContaining(
                            file -> !file.getFileName().toString().startsWith("runs.db"));
        }
    }

    @Test
    void aFolderOfRoutesThatIsGoneIsToldBeforeAnythingRuns() throws Exception {
        Files.writeString(directory.resolve("c.yaml"), "jobs: {a: {notebook: good.ipynb}}");

        try (Engine engine = Engine.run(directory, "-Dcamel.notebook.home=" + directory, "run", "c.yaml")) {
            assertThat(engine.exitStatus()).isEqualTo(ExitStatus.USAGE);
            assertThat(engine.err())
                    .contains("there are no routes: ", "is not a folder; get it back")
                    .doesNotContain("\tat ");
        }
        assertThat(outputs.resolve("a")).doesNotExist();
    }
}
