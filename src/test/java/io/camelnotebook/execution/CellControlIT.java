package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that leave, fail oddly, or do more than compute, on IPython's kernel. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellControlIT {

    private final PythonKernels kernels = new PythonKernels();
    private TestNotebooks notebooks;

    @BeforeEach
    void notebooks(@TempDir Path folder) {
        notebooks = new TestNotebooks(folder, "python3");
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys.exit()", "sys.exit(None)", "sys.exit(0)", "sys.exit('')"})
    void aQuietExitEndsTheNotebookAsASuccess(String exit) throws Exception {
        ExecutionResult result = execute("import sys; " + exit, "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.NOT_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'text'", "False"})
    void anExitWithAStatusIsAFailure(String status) throws Exception {
        ExecutionResult result = execute("import sys; sys.exit(" + status + ")", "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().summary()).isEqualTo("SystemExit: " + status.replace("'", ""));
        assertThat(statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit()", "quit()"})
    void anExitThatIPythonDefersEndsTheKernelSoonAfterItsCell(String exit) throws Exception {
        // The kernel's loop looks at the clock between cells, so that a cell or two may still run.
        String slow = "import time; time.sleep(0.3)";
        ExecutionResult result = execute(exit, slow, slow, slow, slow, slow, slow);
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(result.cells().get(0).status()).isEqualTo(CellStatus.COMPLETED);
        assertThat(result.error().orElseThrow().message()).endsWith("exit status 0");
    }

    /** The argument is no status: it says whether to keep the kernel. */
    @ParameterizedTest
    @ValueSource(strings = {"exit(1)", "quit(keep_kernel=True)"})
    void whatOnlyAsksTheFrontEndToLeaveStopsNothing(String exit) throws Exception {
        ExecutionResult result = execute(exit, "import time; time.sleep(0.5)\nprint('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(printed(1)).isEqualTo("next\n");
    }

    @Test
    void aFailedMagicFailsTheNotebookAlthoughNoErrorIsPutOut() throws Exception {
        ExecutionResult result = execute("%nosuchmagic", "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().name()).isEqualTo("UsageError");
        assertThat(statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(printed(2)).contains("`%nosuchmagic` not found");
    }

    @Test
    void anErrorThatIsOnlyShownStopsNothing() throws Exception {
        ExecutionResult result =
                execute("try: 1 / 0\nexcept Exception: get_ipython().showtraceback()", "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(printed(1)).isEqualTo("next\n");
    }

    @Test
    void aScriptCellThatFailsIsAFailure() throws Exception {
        ExecutionResult result = execute("%%bash\necho out\nexit 3", "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().name()).isEqualTo("CalledProcessError");
    }

    @Test
    void awaitScriptsAndCapturingWork() throws Exception {
        ExecutionResult result = execute(
                "import asyncio\nprint(await asyncio.sleep(0.01, 'awaited'))",
                "%%bash\necho of bash",
                "%%capture captured\nprint('inside')",
                "print(captured.stdout)");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(printed(0)).isEqualTo("awaited\n");
        assertThat(printed(1)).isEqualTo("of bash\n");
        assertThat(notebooks.executed().at("/cells/2/outputs")).isEmpty();
        assertThat(printed(3)).isEqualTo("inside\n\n");
    }

    @Test
    void aForkOfTheKernelMayLeave() throws Exception {
        ExecutionResult result = execute(
                "import os\npid = os.fork()\nif pid == 0: os._exit(3)\nprint(os.waitpid(pid, 0)[1])", "print('next')");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(printed(0)).isEqualTo("768\n");
    }

    @Test
    void aThreadPrintsIntoTheCellThatRuns() throws Exception {
        execute(
                "import threading\ngo, done = threading.Event(), threading.Event()\n"
                        + "def f():\n    go.wait(); print('of the thread', flush=True); done.set()\n"
                        + "threading.Thread(target=f).start()",
                "go.set(); ignored = done.wait()");
        assertThat(notebooks.executed().at("/cells/0/outputs")).isEmpty();
        assertThat(printed(1)).isEqualTo("of the thread\n");
    }

    private ExecutionResult execute(String... sources) throws Exception {
        ObjectNode[] cells = List.of(sources).stream().map(TestNotebooks::cell).toArray(ObjectNode[]::new);
        return kernels.execute(notebooks.request(cells));
    }

    private static List<CellStatus> statuses(ExecutionResult result) {
        return result.cells().stream().map(CellResult::status).toList();
    }

    /** The text of a cell's first output, a stream; after a failure papermill's markers count as cells. */
    private String printed(int cell) throws IOException {
        return TestNotebooks.text(notebooks.executed().path("cells").path(cell).at("/outputs/0/text"));
    }
}
