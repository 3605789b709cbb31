package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of kernels, from a kernel that has them on demand; see {@code src/test/python/fake_kernel.py}. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeKernelIT {

    private static final Path SCRIPT = Path.of("src/test/python/fake_kernel.py").toAbsolutePath();

    private LocalKernels kernels;
    private NotebookExecutor executor;
    private Path folder;
    private TestNotebooks notebooks;

    @BeforeAll
    void specs(@TempDir Path specs) throws IOException {
        Path fake = spec(specs, "fake");
        Path mute = spec(specs, "mute", "--mute");
        kernels = new LocalKernels(List.of(fake, mute), StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
        executor = new NotebookExecutor(kernels, Clock.systemUTC());
    }

    private static Path spec(Path specs, String name, String... arguments) throws IOException {
        ObjectNode spec = TestNotebooks.JSON.createObjectNode();
        spec.put("display_name", name).put("language", "python");
        spec.putArray("argv")
                .add(System.getProperty("test.python"))
                .add(SCRIPT.toString())
                .add("{connection_file}")
                .addAll(Stream.of(arguments).map(spec::textNode).toList());
        Path folder = Files.createDirectories(specs.resolve(name));
        Files.write(folder.resolve("kernel.json"), TestNotebooks.JSON.writeValueAsBytes(spec));
        return folder;
    }

    @BeforeEach
    void notebooks(@TempDir Path folder) {
        this.folder = folder;
        notebooks = new TestNotebooks(folder, "fake");
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    @Test
    void anIdleThatComesLateIsWaitedFor() throws Exception {
        ExecutionResult result = execute("late_idle 0.5", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.cells().get(0).duration()).isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
        assertThat(text(1)).isEqualTo("next");
    }

    @Test
    void withoutAnIdleItGoesOnAfterTheGrace() throws Exception {
        ExecutionResult result = execute("no_idle", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.cells().get(0).duration()).isBetween(Duration.ofMillis(3900), Duration.ofMillis(5500));
        assertThat(text(1)).isEqualTo("next");
    }

    @Test
    void anIdleMayComeBeforeTheReply() throws Exception {
        ExecutionResult result = execute("idle_before_reply", "next");
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.COMPLETED);
        assertThat(executed(0).path("execution_count").asInt()).isEqualTo(1);
    }

    @Test
    void aResultAfterTheIdleIsKept() throws Exception {
        execute("idle_before_result", "next");
        assertThat(TestNotebooks.text(executed(0).at("/outputs/0/data/text~1plain")))
                .isEqualTo("late");
        assertThat(executed(1).path("outputs")).hasSize(1);
    }

    @Test
    void aReplyWithoutStatusIsASuccess() throws Exception {
        assertThat(execute("no_status", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aReplyWithoutStatusAfterAnErrorOutputIsAFailure() throws Exception {
        ExecutionResult result = execute("no_status_but_error", "next");
        assertThat(statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(error(result).summary()).isEqualTo("Oops: said by an output only");
    }

    @Test
    void anAbortedCellHasFailed() throws Exception {
        ExecutionResult result = execute("abort", "next");
        assertThat(statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(error(result).summary()).isEqualTo("Aborted: the kernel did not run the cell; it answered 'abort'");
    }

    @Test
    void anErrorStopsTheNotebook() throws Exception {
        ExecutionResult result = execute("first", "error ValueError no", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(error(result).summary()).isEqualTo("ValueError: no");
        assertThat(error(result).cell()).hasValue(1);
        assertThat(error(result).executionCount()).hasValue(2);
        assertThat(error(result).traceback()).containsExactly("ValueError: no");
    }

    @Test
    void aMessageWithAWrongSignatureIsDropped() throws Exception {
        assertThat(execute("wrong_signature").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(executed(0).path("outputs")).isEmpty();
    }

    @Test
    void framesThatAreNoMessageAreDropped() throws Exception {
        assertThat(execute("garbage", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(executed(0).path("outputs")).isEmpty();
        assertThat(text(1)).isEqualTo("next");
    }

    @Test
    void oddlyTypedContentsLeaveAValidNotebook() throws Exception {
        assertThat(execute("odd_contents", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
        List<JsonNode> outputs = new ArrayList<>();
        executed(0).path("outputs").forEach(outputs::add);
        assertThat(outputs)
                .noneMatch(output -> !output.path("data").isMissingNode()
                        && !output.path("data").isObject());
        assertThat(outputs)
                .filteredOn(output -> output.path("output_type").asText().equals("execute_result"))
                .singleElement()
                .satisfies(output -> {
                    assertThat(TestNotebooks.text(output.at("/data/text~1plain")))
                            .isEqualTo("kept");
                    assertThat(output.path("execution_count").isNull()
                                    || output.path("execution_count").isInt())
                            .isTrue();
                });
        assertIsValid();
    }

    @Test
    void damagedMessagesNeitherStopNorSpoilWhatFollows() throws Exception {
        String[] cells = IntStream.range(0, 10)
                .mapToObj(seed -> "mutated " + seed + " 100")
                .toArray(String[]::new);
        assertThat(execute(cells).outcome()).isEqualTo(Outcome.SUCCEEDED);
        for (int i = 0; i < cells.length; i++) {
            JsonNode outputs = executed(i).path("outputs");
            assertThat(TestNotebooks.text(outputs.path(outputs.size() - 1).path("text")))
                    .isEqualTo("in order");
        }
        Process reading = new ProcessBuilder(
                        System.getProperty("test.python"),
                        "-c",
                        "import nbformat, sys; nbformat.writes(nbformat.read(sys.argv[1], 4))",
                        notebooks.output().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(reading.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply_of_others", "reply_no_json"})
    void aCellWithoutReplyHasFailedSomeTimeAfterTheIdle(String code) throws Exception {
        ExecutionResult result = execute(code, "next");
        assertThat(statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(error(result).summary())
                .isEqualTo("NoReply: the kernel reported that it is idle, but did not answer the request to run the"
                        + " cell");
    }

    @Test
    void messagesOfOtherRequestsAreDropped() throws Exception {
        assertThat(execute("stray").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(executed(0).path("outputs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "die 9,killed by signal 9 (SIGKILL)",
        "die 11,killed by signal 11 (SIGSEGV)",
        "leave 0,exit status 0",
        "leave 7,exit status 7",
    })
    void aDeathInACellIsNoticedAtOnce(String code, String how) throws Exception {
        ExecutionResult result = execute("first", code, "next");
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.KERNEL_DIED, CellStatus.NOT_RUN);
        assertThat(error(result).summary()).isEqualTo("DeadKernel: the kernel ended in the middle of the cell: " + how);
        assertThat(result.exit().orElseThrow().description()).isEqualTo(how);
        assertThat(result.cells().get(1).duration()).isLessThan(Duration.ofSeconds(2));
        // Before the failed cell stand papermill's two markers.
        assertThat(text(3)).isEqualTo("last words");
    }

    @ParameterizedTest
    @CsvSource({"finish_and_leave 0", "finish_and_leave 0.03", "reply_and_leave"})
    void aDeathAfterACellIsToldByTheNext(String code) throws Exception {
        ExecutionResult result = execute(code, "next", "last");
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.KERNEL_DIED, CellStatus.NOT_RUN);
        assertThat(error(result).message()).contains("exit status 3");
    }

    @Test
    void tenThousandMessagesAreKeptInOrder() throws Exception {
        execute("flood 10000");
        String expected = String.join(
                "", IntStream.range(0, 10_000).mapToObj(i -> "line " + i + "\n").toList());
        assertThat(text(0)).isEqualTo(expected);
    }

    @Test
    void aCellThatIsInterruptedAtItsTimeoutHasTimedOutEvenIfItAnswersOk() throws Exception {
        ExecutionResult result = execute(cellTimeout(Duration.ofMillis(300)), "sleep 30", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(statuses(result)).containsExactly(CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
        assertThat(error(result).summary())
                .isEqualTo("CellTimeout: the time limit of 0.3 s was over while the cell ran");
        assertThat(result.exit().orElseThrow().code()).hasValue(0);
    }

    @Test
    void aCellThatIsDeafToInterruptsIsTerminated() throws Exception {
        ExecutionResult result = execute(cellTimeout(Duration.ofMillis(300)), "sleep_deaf 30");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.exit().orElseThrow().signal()).hasValue(15);
        assertThat(result.run()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aCellThatIsDeafToSigtermTooIsKilled() throws Exception {
        ExecutionResult result = execute(cellTimeout(Duration.ofMillis(300)), "sleep_immortal 30");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.exit().orElseThrow().signal()).hasValue(9);
        assertThat(result.run()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTimeOfTheWholeNotebookEndsTheCellThatRuns() throws Exception {
        ExecutionOptions options = options(Optional.of(Duration.ofMillis(600)), Optional.empty());
        ExecutionResult result = execute(options, "sleep 0.1", "sleep 30", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
    }

    @Test
    void aKernelThatNeverAnswersFailsAtTheStartTimeout() throws Exception {
        ExecutionRequest request = with(new TestNotebooks(folder, "mute").request(cell("next")), Duration.ofSeconds(1));
        ExecutionResult result = execute(request, new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(error(result).summary())
                .isEqualTo("KernelStart: kernel 'mute' did not answer within 1 s; it printed nothing");
        assertThat(statuses(result)).containsExactly(CellStatus.NOT_RUN);
        awaitNoKernels();
    }

    @Test
    void aCancelledCellIsInterruptedAndNoOtherRuns() throws Exception {
        Cancellation cancellation = new Cancellation();
        ExecutionListener cancelling = new ExecutionListener() {
            @Override
            public void cellStarted(int index) {
                new Thread(cancellation::cancel).start();
            }
        };
        PreparedNotebook prepared =
                executor.prepare(with(notebooks.request(cell("sleep 30"), cell("next")), shortGraces()));
        ExecutionResult result = executor.execute(prepared, cancelling, cancellation);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(result.cells().get(1).status()).isEqualTo(CellStatus.NOT_RUN);
        assertThat(executed().at("/metadata/camel_notebook/status").asText()).isEqualTo("cancelled");
        awaitNoKernels();
    }

    @Test
    void whatIsCancelledBeforeItsStartDoesNotStart() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        ExecutionResult result = execute(notebooks.request(cell("next")), cancellation);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(statuses(result)).containsExactly(CellStatus.NOT_RUN);
        assertThat(Thread.interrupted()).isFalse();
        awaitNoKernels();
        assertThat(execute("next").outcome()).as("the one after it").isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void whatIsCancelledWhileItsKernelStartsLeavesTheOthersAlone() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            await().until(() -> kernelProcesses().findAny().isPresent());
            cancellation.cancel();
        });
        ExecutionRequest request = new TestNotebooks(folder, "mute").request(cell("next"));
        canceller.start();
        ExecutionResult result = execute(request, cancellation);
        canceller.join();
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        awaitNoKernels();
        assertThat(execute("next").outcome()).as("the one after it").isEqualTo(Outcome.SUCCEEDED);
    }

    private ExecutionResult execute(String... cells) throws Exception {
        return execute(ExecutionOptions.DEFAULT, cells);
    }

    private ExecutionResult execute(ExecutionOptions options, String... sources) throws Exception {
        ObjectNode[] cells = Stream.of(sources).map(TestNotebooks::cell).toArray(ObjectNode[]::new);
        return execute(with(notebooks.request(cells), options), new Cancellation());
    }

    private ExecutionResult execute(ExecutionRequest request, Cancellation cancellation) throws Exception {
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, cancellation);
    }

    private static ExecutionOptions shortGraces() {
        return options(Optional.empty(), Optional.empty());
    }

    private static ExecutionOptions cellTimeout(Duration timeout) {
        return options(Optional.empty(), Optional.of(timeout));
    }

    private static ExecutionOptions options(Optional<Duration> timeout, Optional<Duration> cellTimeout) {
        return new ExecutionOptions(timeout, cellTimeout, false, Duration.ofMillis(300), Duration.ofMillis(300));
    }

    private static List<CellStatus> statuses(ExecutionResult result) {
        return result.cells().stream().map(CellResult::status).toList();
    }

    private static ExecutionError error(ExecutionResult result) {
        return result.error().orElseThrow();
    }

    private JsonNode executed() throws IOException {
        return notebooks.executed();
    }

    private JsonNode executed(int cell) throws IOException {
        return executed().path("cells").path(cell);
    }

    /** The text of a cell's only output, a stream. */
    private String text(int cell) throws IOException {
        JsonNode outputs = executed(cell).path("outputs");
        assertThat(outputs).hasSize(1);
        return TestNotebooks.text(outputs.path(0).path("text"));
    }

    private void assertIsValid() throws IOException, InterruptedException {
        Process validation = new ProcessBuilder(
                        System.getProperty("test.python"),
                        "-c",
                        "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))",
                        notebooks.output().toString())
                .inheritIO()
                .start();
        assertThat(validation.waitFor()).isZero();
    }

    private static Stream<ProcessHandle> kernelProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(SCRIPT.toString()));
    }

    private static void awaitNoKernels() {
        await().until(() -> kernelProcesses().findAny().isEmpty());
    }
}
