package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code execute} and {@code inspect} as parts of pipes, and what papermill's own readers make of the output. */
class ExecuteStreamsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String READ = """
            import json, sys, warnings
            warnings.simplefilter("ignore")
            import pandas
            # scrapbook calls what pandas 2 no longer has.
            if not hasattr(pandas.DataFrame, "append"):
                pandas.DataFrame.append = lambda self, other, ignore_index: pandas.concat([self, other], ignore_index=ignore_index)
            import papermill, scrapbook
            from papermill.iorw import load_notebook_node
            path = sys.stdin.read()
            notebook = scrapbook.read_notebook(path)
            json.dump({
                "node": load_notebook_node(path).metadata.papermill.parameters,
                "inspected": list(papermill.inspect_notebook(path)),
                "parameters": notebook.parameter_dataframe[["name", "value"]].astype(str).values.tolist(),
                "papermill": notebook.papermill_dataframe[["name", "value", "type"]].astype(str).values.tolist(),
                "scraps": {name: scrap.data for name, scrap in notebook.scraps.items()},
                "metrics": notebook.papermill_metrics["cell"].tolist(),
            }, sys.stdout)
            """;

    private Path directory;
    private Path notebook;

    @BeforeEach
    void writeNotebook(@TempDir Path directory) throws IOException {
        this.directory = directory;
        notebook = Notebooks.write(
                directory.resolve("in.ipynb"),
                "a: int = 1  # how many\nb = 'ä'",
                "import sys\nprint('Zürich', a, b)\nprint('loud', file=sys.stderr)",
                "from camel_notebook import record\nrecord('auc', 0.5)");
    }

    @Test
    void aPipeStandsForBothPathsAndOnlyTheNotebookComesOut() throws IOException, InterruptedException {
        Program program = Program.camelNotebook(
                directory,
                Files.readAllBytes(notebook),
                "execute",
                "-p",
                "a",
                "7",
                "--log-output",
                "-p",
                "unknown",
                "1");

        assertThat(program.status()).as(program.err()).isZero();
        JsonNode executed = JSON.readTree(program.out());
        assertThat(executed.path("metadata")
                        .path("papermill")
                        .path("input_path")
                        .asText())
                .isEqualTo("-");
        assertThat(executed.path("metadata")
                        .path("papermill")
                        .path("output_path")
                        .asText())
                .isEqualTo("-");
        assertThat(program.outText()).contains("Zürich 7 ä").endsWith("}\n");
        assertThat(program.err()).isEmpty();
        assertThat(directory.toFile().list()).containsExactly("in.ipynb");
    }

    @Test
    void withOneArgumentAPipeIsTheInputAndElseTheStandardOutputIsTheOutput() throws IOException, InterruptedException {
        Program fromPipe = Program.camelNotebook(
                directory, Files.readAllBytes(notebook), "execute", "out.ipynb", "--prepare-only");
        Program toOutput = Program.camelNotebook(directory, null, "execute", "in.ipynb", "--prepare-only");

        assertThat(fromPipe.status()).as(fromPipe.err()).isZero();
        assertThat(fromPipe.out()).isEmpty();
        assertThat(toOutput.status()).as(toOutput.err()).isZero();
        assertThat(toOutput.outText().replace("\"in.ipynb\"", "\"-\"").replace("\"-\"", "\"\""))
                .isEqualTo(Files.readString(directory.resolve("out.ipynb"))
                        .replace("\"out.ipynb\"", "\"-\"")
                        .replace("\"-\"", "\"\""));
    }

    @Test
    void aFailingNotebookComesOutOfAPipeTooWithItsErrorBeside() throws IOException, InterruptedException {
        Notebooks.write(notebook, "", "1 / 0");

        Program program = Program.camelNotebook(directory, Files.readAllBytes(notebook), "execute", "-", "-");

        assertThat(program.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(JSON.readTree(program.out()).path("cells")).hasSize(4);
        assertThat(program.err()).contains("ZeroDivisionError");
    }

    @Test
    void anInputMayBeItsOwnOutput() throws IOException, InterruptedException {
        Program program = Program.camelNotebook(directory, null, "execute", "in.ipynb", "in.ipynb", "-p", "a", "3");

        assertThat(program.status()).as(program.err()).isZero();
        assertThat(Notebooks.printed(notebook)).contains("Zürich 3 ä");
    }

    @Test
    void aPipeThatHoldsNoNotebookIsRefused() throws IOException, InterruptedException {
        byte[] noUtf8 = {'{', '"', (byte) 0xfc, '"'};
        for (byte[] bytes : List.of(new byte[0], "no notebook".getBytes(UTF_8), noUtf8)) {
            Program program = Program.camelNotebook(directory, bytes, "execute", "-", "out.ipynb");

            assertThat(program.status()).as(program.err()).isEqualTo(ExitStatus.USAGE);
            assertThat(program.err()).startsWith("camel-notebook: -").doesNotContain("\tat ");
            assertThat(directory.resolve("out.ipynb")).doesNotExist();
        }
    }

    @Test
    void papermillAndScrapbookReadWhatIsLeft() throws IOException, InterruptedException {
        Program program = Program.camelNotebook(
                directory, null, "execute", "in.ipynb", "out.ipynb", "-p", "a", "7", "-y", "{b: {k: [1, null]}}");
        assertThat(program.status()).as(program.err()).isZero();

        JsonNode read = JSON.readTree(
                TestPython.run(READ, directory.resolve("out.ipynb").toString().getBytes(UTF_8)));

        assertThat(read.path("node")).hasToString("{\"a\":7,\"b\":{\"k\":[1,null]}}");
        assertThat(read.path("inspected")).hasToString("[\"a\",\"b\"]");
        assertThat(read.path("parameters")).hasToString("[[\"a\",\"7\"],[\"b\",\"{'k': [1, None]}\"]]");
        assertThat(read.path("scraps")).hasToString("{\"auc\":0.5}");
        assertThat(read.path("papermill").toString()).contains("[\"auc\",\"0.5\",\"record\"]");
        assertThat(read.path("metrics")).hasSize(4);
    }

    @Test
    void whatPapermillInfersOfParametersIsShownAlike() throws IOException, InterruptedException {
        Program papermill = Program.papermill(directory, null, "--help-notebook", "in.ipynb");
        String theirs = papermill.outText().substring(papermill.outText().indexOf("Parameters inferred"));

        Program help = Program.camelNotebook(directory, null, "execute", "--help-notebook", "in.ipynb");
        Program inspect = Program.camelNotebook(directory, null, "inspect", "in.ipynb");
        Program piped = Program.camelNotebook(directory, Files.readAllBytes(notebook), "inspect", "--json", "-");

        assertThat(help.outText()).isEqualTo(theirs);
        assertThat(help.status()).isEqualTo(papermill.status());
        assertThat(inspect.outText()).isEqualTo(theirs);
        assertThat(JSON.readTree(piped.out()))
                .hasToString("{\"notebook\":\"-\",\"language\":\"python\",\"has_parameters_cell\":true,\"parameters\":"
                        + "[{\"name\":\"a\",\"type\":\"int\",\"default\":\"1\",\"help\":\"how many\"},"
                        + "{\"name\":\"b\",\"type\":null,\"default\":\"'ä'\",\"help\":null}]}");
    }
}
