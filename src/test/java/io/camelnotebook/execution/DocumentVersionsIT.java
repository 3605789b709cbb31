package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.notebook.TestPython;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notebooks of every version of nbformat, and what version they have when they leave: as with papermill, 4.5. */
@Timeout(120)
class DocumentVersionsIT {

    private static final String METADATA =
            "\"metadata\": {\"kernelspec\": {\"name\": \"python3\", \"display_name\": \"p\", \"language\": \"python\"}}";
    private static final String OLD_CELLS = "\"worksheets\": [{\"cells\": ["
            + "{\"cell_type\": \"heading\", \"level\": 2, \"source\": \"Title\", \"metadata\": {}},"
            + "{\"cell_type\": \"code\", \"input\": [\"a = 1\", \"a\"], \"outputs\": [], \"prompt_number\": 3, \"metadata\": {}}]}]";
    private static final String CELLS = "\"cells\": ["
            + "{\"cell_type\": \"markdown\", \"source\": \"Title\", \"metadata\": {}},"
            + "{\"cell_type\": \"code\", \"source\": \"a = 1\\na\", \"metadata\": {}, \"extra\": 1, \"outputs\": [], \"id\": \"not valid!\"},"
            + "{\"cell_type\": \"code\", \"source\": \"a\", \"metadata\": {}, \"outputs\": [], \"id\": \"not valid!\"}]";

    /** Gets a notebook's path; answers with what papermill and then nbformat make of it, as far as versions matter. */
    private static final String PAPERMILL = """
            import json, logging, sys, nbformat, papermill
            logging.disable(logging.CRITICAL)
            source = sys.stdin.read()
            papermill.execute_notebook(source, source + ".out.ipynb", prepare_only=True)
            notebook = json.load(open(source + ".out.ipynb"))
            json.dump([notebook["nbformat"], notebook["nbformat_minor"],
                       [[c["cell_type"], "".join(c["source"])] for c in notebook["cells"]]], sys.stdout)
            """;

    private Path folder;
    private final LocalKernels kernels = new LocalKernels(
            List.of(Path.of(System.getProperty("test.python"))), StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
    private final NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());

    @BeforeEach
    void folder(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nbformat\": 2, " + OLD_CELLS,
                "\"nbformat\": 3, \"nbformat_minor\": 0, " + OLD_CELLS,
                "\"nbformat\": 4, \"nbformat_minor\": 0, " + CELLS,
                "\"nbformat\": 4, \"nbformat_minor\": 4, " + CELLS,
                "\"nbformat\": 4, \"nbformat_minor\": 5, " + CELLS,
            })
    void aNotebookIsBroughtToTheVersionThatPapermillBringsItTo(String document) throws Exception {
        JsonNode ours = prepared(document);

        JsonNode theirs = TestNotebooks.JSON.readTree(
                TestPython.run(PAPERMILL, folder.resolve("in.ipynb").toString().getBytes(UTF_8)));
        assertThat(ours.path("nbformat")).isEqualTo(theirs.get(0));
        assertThat(ours.path("nbformat_minor")).isEqualTo(theirs.get(1));
        assertThat(ours.path("cells"))
                .hasSameSizeAs(theirs.get(2))
                .extracting(cell -> List.of(cell.path("cell_type").asText(), TestNotebooks.text(cell.path("source"))))
                .containsExactlyElementsOf(
                        TestNotebooks.JSON.convertValue(theirs.get(2), new TypeReference<List<List<String>>>() {}));
        assertThat(ours.path("cells"))
                .extracting(cell -> cell.path("id").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @Test
    void aLaterMinorVersionStaysWhatItIs() throws Exception {
        JsonNode prepared = prepared("\"nbformat\": 4, \"nbformat_minor\": 99, \"later\": [1], " + CELLS);

        assertThat(prepared.path("nbformat_minor").intValue()).isEqualTo(99);
        assertThat(prepared.path("later")).hasSize(1);
    }

    @Test
    void aNotebookOfVersion3IsExecuted() throws Exception {
        ExecutionRequest request = request("\"nbformat\": 3, \"nbformat_minor\": 0, " + OLD_CELLS);

        ExecutionResult result =
                executor.execute(executor.prepare(request), ExecutionListener.NONE, new Cancellation());

        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(TestNotebooks.text(executed().at("/cells/1/outputs/0/data/text~1plain")))
                .isEqualTo("1");
    }

    private JsonNode prepared(String document) throws Exception {
        PreparedNotebook prepared = executor.prepare(request(document));
        executor.write(prepared, NotebookOutput.file(prepared.request().output()));
        return executed();
    }

    private JsonNode executed() throws Exception {
        return new TestNotebooks(folder, "python3").executed();
    }

    private ExecutionRequest request(String document) throws Exception {
        ExecutionRequest request = new TestNotebooks(folder, "python3").request(cell(""));
        Files.writeString(request.notebook(), "{" + METADATA + ", " + document + "}");
        return request;
    }
}
