package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.JSON;
import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of notebooks that are called in a real kernel, chunk by chunk. */
@Timeout(180)
class FunctionKernelIT {

    private final PythonKernels kernels = new PythonKernels();
    private Path folder;
    private TestNotebooks notebooks;

    @BeforeEach
    void open(@TempDir Path empty) {
        folder = empty;
        notebooks = new TestNotebooks(empty, "python3");
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    private FunctionKernel start(ObjectNode... cells) throws Exception {
        FunctionKernel.Start start = kernels.startFunctions(notebooks.request(cells));
        assertThat(start.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(start.result().exit()).isEmpty();
        return start.kernel().orElseThrow();
    }

    private ObjectNode request(long first, int items) {
        ObjectNode request = JSON.createObjectNode();
        request.put("function", "f").put("unpack", false).put("first", first).put("stop", false);
        request.put("results", results().toString());
        request.putObject("range")
                .put("start", Long.toString(first))
                .put("step", "1")
                .put("items", items)
                .put("whole", true);
        return request;
    }

    private Path results() {
        return folder.resolve("chünk \"1\".jsonl");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(results());
    }

    private static FunctionKernel.ChunkResult call(FunctionKernel kernel, JsonNode request) throws Exception {
        return kernel.call(request, ExecutionOptions.DEFAULT, new Cancellation());
    }

    private static ExecutionOptions within(Duration timeout) {
        return new ExecutionOptions(
                Optional.of(timeout),
                Optional.empty(),
                CellPolicy.DEFAULT,
                OptionalLong.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2));
    }

    @Test
    void definitionsRunOnceAndTheirFunctionIsCalledForOneChunkAfterTheOther() throws Exception {
        try (FunctionKernel kernel =
                start(cell("runs = []\nruns.append(1)"), cell("def f(x):\n    return [len(runs), '😀' * x]"))) {
            FunctionKernel.ChunkResult first = call(kernel, request(0, 2));

            assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(first.done().path("items").asInt()).isEqualTo(2);
            assertThat(lines())
                    .containsExactly("{\"index\": 0, \"value\": [1, \"\"]}", "{\"index\": 1, \"value\": [1, \"😀\"]}");
            assertThat(call(kernel, request(2, 1)).leavesKernelUsable()).isTrue();
            assertThat(lines()).containsExactly("{\"index\": 2, \"value\": [1, \"😀😀\"]}");
            assertThat(kernel.isDead()).isFalse();
        }
    }

    @Test
    void cellsThatAreNotTaggedAsDefinitionsAreNotRunIfAnyIs() throws Exception {
        try (FunctionKernel kernel = start(
                cell("base = 10", "parameters"),
                cell("def f(x):\n    return base + x", "definitions"),
                cell("raise SystemError('for people only')"))) {
            call(kernel, request(1, 1));

            assertThat(lines()).containsExactly("{\"index\": 1, \"value\": 11}");
            assertThat(notebooks.executed().at("/cells/2/execution_count").isNull())
                    .isTrue();
        }
    }

    @Test
    void definitionsThatFailLeaveNoKernelAndTheExecutedNotebookShowsWhy() throws Exception {
        FunctionKernel.Start start = kernels.startFunctions(notebooks.request(cell("1 / 0")));

        assertThat(start.kernel()).isEmpty();
        assertThat(start.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(start.result().exit()).isPresent();
        assertThat(text(notebooks.executed().findPath("ename"))).isEqualTo("ZeroDivisionError");
    }

    @Test
    void aFunctionThatIsNotThereFailsTheChunk() throws Exception {
        try (FunctionKernel kernel = start(cell("g = 1"))) {
            FunctionKernel.ChunkResult result = call(kernel, request(0, 1));

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.error().orElseThrow().summary())
                    .isEqualTo(
                            "NameError: the notebook has no 'f': define it in a cell tagged 'definitions', or tag none"
                                    + " so");
            assertThat(result.done().isMissingNode()).isTrue();
        }
    }

    @Test
    void aChunkThatTakesTooLongIsInterruptedAndLeavesNoResults() throws Exception {
        try (FunctionKernel kernel = start(cell("import time\ndef f(x):\n    time.sleep(60)"))) {
            FunctionKernel.ChunkResult result =
                    kernel.call(request(0, 1), within(Duration.ofMillis(300)), new Cancellation());

            assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(result.leavesKernelUsable()).isFalse();
            assertThat(results()).doesNotExist();
        }
    }

    @Test
    void aChunkThatIsCancelledIsInterrupted() throws Exception {
        try (FunctionKernel kernel = start(cell("import time\ndef f(x):\n    time.sleep(60)"))) {
            Cancellation cancellation = new Cancellation();
            cancellation.cancel();

            assertThat(kernel.call(request(0, 1), ExecutionOptions.DEFAULT, cancellation)
                            .outcome())
                    .isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void aKernelThatIsKilledInAChunkIsDead() throws Exception {
        try (FunctionKernel kernel = start(cell("import os\ndef f(x):\n    os.kill(os.getpid(), 9)"))) {
            FunctionKernel.ChunkResult result = call(kernel, request(0, 1));

            assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
            assertThat(kernel.isDead()).isTrue();
            assertThat(call(kernel, request(0, 1)).outcome()).isEqualTo(Outcome.KERNEL_DIED);
        }
    }

    @Test
    void whatFunctionsPrintIsNotKept() throws Exception {
        try (FunctionKernel kernel =
                start(cell("import sys\ndef f(x):\n    print('x' * 10_000); sys.stderr.write('y')"))) {
            assertThat(call(kernel, request(0, 1000)).done().path("items").asInt())
                    .isEqualTo(1000);
        }
    }
}
