package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notebooks on IPython's kernel. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotebookExecutorIT {

    /** Gets our input and output on two lines; answers with a list of both engines' cells, fit to be compared. */
    private static final String COMPARE_WITH_NBCLIENT = """
            import json, re, sys, nbclient, nbformat

            def comparable(cell):
                outputs = []
                for output in cell.get("outputs", []):
                    last = outputs[-1] if outputs else {}
                    if output.output_type == "stream" and last.get("name") == output.name:
                        last["text"] += output.text
                    else:
                        outputs.append(json.loads(re.sub("0x[0-9a-f]{6,}", "0x", json.dumps(output))))
                return {"count": cell.get("execution_count"), "outputs": outputs}

            source, ours = sys.stdin.read().split("\\n")
            theirs = nbclient.NotebookClient(nbformat.read(source, 4), allow_errors=True, kernel_name="python3").execute()
            pairs = zip(nbformat.read(ours, 4).cells, theirs.cells, strict=True)
            print(json.dumps([[comparable(a), comparable(b)] for a, b in pairs]))
            """;

    private LocalKernels kernels;
    private NotebookExecutor executor;
    private Path folder;
    private TestNotebooks notebooks;

    @BeforeAll
    void open() {
        Path python = Path.of(System.getProperty("test.python"));
        kernels = new LocalKernels(List.of(python), StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
        executor = new NotebookExecutor(kernels, Clock.systemUTC());
    }

    @BeforeEach
    void notebooks(@TempDir Path folder) {
        this.folder = folder;
        notebooks = new TestNotebooks(folder, "python3");
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    @Test
    void outputsAreThoseThatNbclientGets() throws Exception {
        ObjectNode markdown = cell("# Text").put("cell_type", "markdown");
        markdown.remove(List.of("outputs", "execution_count"));
        ExecutionRequest request = notebooks.request(
                markdown,
                cell("print('a'); print('ü \\U0001F42B', end=''); print('c')"),
                cell("import sys; print('bad', file=sys.stderr)"),
                cell("from IPython.display import *\nhandle = display('one', display_id='d')"),
                cell("update_display('two', display_id='d')"),
                cell("display('three', display_id='d')"),
                cell("print('gone'); clear_output(); print('kept')"),
                cell("print('gone'); clear_output(wait=True); print('kept')"),
                cell("print('stays'); clear_output(wait=True)"),
                cell("  \n"),
                cell("6 * 7"),
                cell("HTML('<b>bold</b>')"),
                cell("JSON({'a': [1, 2.5, None]})"),
                cell("def f():\n    raise ValueError('no rows')\nf()"),
                cell("object()"),
                cell("syntax error"),
                cell("skipped", "skip-execution"),
                cell("import pandas\npandas.DataFrame({'a': [1, 2]})"),
                cell("nothing = 1"),
                cell("display({'text/plain': 'x', 'application/x-own+json': {'b': 1}}, raw=True)"));
        ExecutionResult result = execute(with(request, allowingErrors()));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        byte[] paths = (request.notebook() + "\n" + request.output()).getBytes(UTF_8);
        JsonNode pairs = TestNotebooks.JSON.readTree(TestPython.run(COMPARE_WITH_NBCLIENT, paths));
        assertThat(pairs).hasSize(20);
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(pairs.path(i).path(0))
                    .as("cell " + i)
                    .isEqualTo(pairs.path(i).path(1));
        }
    }

    @Test
    void parametersFollowTheirDefaults() throws Exception {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        parameters.put("x", IntNode.valueOf(5));
        parameters.put("name", TextNode.valueOf("\"ü\"\n"));
        ExecutionRequest request =
                notebooks.request(cell("x = 1; name = ''; y = 2", "parameters"), cell("print(x, y, repr(name))"));
        ExecutionResult result = execute(with(request, parameters, Map.of()));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(notebooks.executed().at("/cells/1/metadata/tags/0").asText()).isEqualTo("injected-parameters");
        assertThat(printed(2)).isEqualTo("5 2 '\"ü\"\\n'\n");
    }

    @Test
    void anErrorInACellThatMayRaiseIsKeptAndStopsNothing() throws Exception {
        ExecutionResult result = execute(cell("1 / 0", "raises-exception"), cell("print('next')"));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.COMPLETED);
        assertThat(result.cells().get(0).error().orElseThrow().name()).isEqualTo("ZeroDivisionError");
        assertThat(notebooks.executed().at("/cells/0/outputs/0/ename").asText()).isEqualTo("ZeroDivisionError");
        assertThat(printed(1)).isEqualTo("next\n");
    }

    @Test
    void aSkippedCellIsNotSent() throws Exception {
        ExecutionResult result = execute(cell("1 / 0", "skip-execution"), cell("print('next')"));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(statuses(result)).containsExactly(CellStatus.SKIPPED, CellStatus.COMPLETED);
        assertThat(notebooks.executed().at("/cells/1/execution_count").asInt()).isEqualTo(1);
    }

    @Test
    void aKernelThatIsKilledIsToldWithItsSignal() throws Exception {
        ExecutionResult result = execute(cell("import os; os.kill(os.getpid(), 9)"), cell("print('next')"));
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(statuses(result)).containsExactly(CellStatus.KERNEL_DIED, CellStatus.NOT_RUN);
        assertThat(result.exit().orElseThrow().signal()).hasValue(9);
        assertThat(result.exit().orElseThrow().peakMemoryBytes()).isGreaterThan(10_000_000);
        assertThat(result.cells().get(0).duration()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aCellThatAsksForInputFails() throws Exception {
        ExecutionResult result = execute(cell("input('name? ')"));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().name()).isEqualTo("StdinNotImplementedError");
    }

    @Test
    void aFailedNotebookHasPapermillsMarkersAndTellsTheTruthAboutItsCells() throws Exception {
        ExecutionResult result = execute(cell("print('ok')"), cell("1 / 0"), cell("print('next')"));
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().cell()).hasValue(1);
        JsonNode executed = notebooks.executed();
        assertThat(executed.path("cells")).hasSize(5);
        assertThat(executed.at("/cells/0/metadata/tags/0").asText()).isEqualTo("papermill-error-cell-tag");
        assertThat(executed.at("/cells/2/metadata/tags/0").asText()).isEqualTo("papermill-error-cell-tag");
        assertThat(executed.at("/cells/1/metadata/papermill/status").asText()).isEqualTo("completed");
        assertThat(executed.at("/cells/3/metadata/papermill/status").asText()).isEqualTo("failed");
        assertThat(executed.at("/cells/3/metadata/papermill/exception").asBoolean())
                .isTrue();
        assertThat(executed.at("/cells/4/metadata/papermill/status").asText()).isEqualTo("pending");
        assertThat(executed.at("/metadata/papermill/exception").asBoolean()).isTrue();
        assertThat(executed.at("/metadata/camel_notebook/cells").toString())
                .isEqualTo("[\"completed\",\"failed\",\"not_run\"]");
    }

    @Test
    void nothingOfTheKernelIsLeftInTheProcessTable() throws Exception {
        execute(cell("""
                import os, subprocess
                child = subprocess.Popen(['sleep', '1000'])
                leader = subprocess.Popen(['sleep', '1000'], start_new_session=True)
                print(os.getpid(), child.pid, leader.pid)"""));
        for (String pid : printed(0).strip().split(" ")) {
            await().until(() -> ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
        }
    }

    @Test
    void whatTheNotebookRegisteredForItsExitIsRun() throws Exception {
        execute(cell("import atexit, pathlib; atexit.register(pathlib.Path('left').touch)"));
        assertThat(folder.resolve("left")).exists();
    }

    @Test
    void recordedValuesAreTheResults() throws Exception {
        ExecutionResult result = execute(
                cell("from camel_notebook import record\nrecord('auc', 0.5); record('table', ['a', 'b'])"),
                cell("record('auc', 0.93)"));
        assertThat(TestNotebooks.JSON.writeValueAsString(result.results()))
                .isEqualTo("{\"auc\":0.93,\"table\":[\"a\",\"b\"]}");
    }

    @Test
    void theKernelHasItsOwnEnvironmentAndDirectory() throws Exception {
        ExecutionRequest request = notebooks.request(
                cell("import os; print(os.environ['OF_THE_JOB'], os.environ['OMP_NUM_THREADS'], os.getcwd())"));
        ExecutionResult result = execute(with(request, Map.of(), Map.of("OF_THE_JOB", "ü", "OMP_NUM_THREADS", "3")));
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(printed(0)).isEqualTo("ü 3 " + folder.toRealPath() + "\n");
    }

    private ExecutionResult execute(ObjectNode... cells) throws Exception {
        return execute(notebooks.request(cells));
    }

    private ExecutionResult execute(ExecutionRequest request) throws Exception {
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, new Cancellation());
    }

    private static ExecutionOptions allowingErrors() {
        return new ExecutionOptions(
                Optional.empty(), Optional.empty(), true, Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    private static List<CellStatus> statuses(ExecutionResult result) {
        return result.cells().stream().map(CellResult::status).toList();
    }

    /** The text of a cell's first output, a stream. */
    private String printed(int cell) throws IOException {
        return TestNotebooks.text(notebooks
                .executed()
                .path("cells")
                .path(cell)
                .path("outputs")
                .path(0)
                .path("text"));
    }
}
