package io.camelnotebook.execution;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An engine whose kernel has faults on demand: a cell names the one it wants; see {@code fake_kernel.py}. */
final class FakeKernel implements AutoCloseable {

    private static final Path SCRIPT = Path.of("src/test/python/fake_kernel.py").toAbsolutePath();

    private final Path folder;
    private final TestNotebooks notebooks;
    private final LocalKernels kernels;
    private final NotebookExecutor executor;

    /** An engine that works in an empty folder. */
    FakeKernel(Path folder) throws IOException {
        this.folder = folder;
        notebooks = new TestNotebooks(folder, "fake");
        List<Path> specs = List.of(
                spec("fake"),
                spec("mute", "--mute"),
                spec("forgetful", "--forgetful"),
                spec("silent", "--silent"),
                spec("reserved", "--reserved"));
        kernels = new LocalKernels(specs, StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
        executor = new NotebookExecutor(kernels, Clock.systemUTC());
    }

    private Path spec(String name, String... arguments) throws IOException {
        ObjectNode spec = TestNotebooks.JSON.createObjectNode();
        spec.put("display_name", name).put("language", "python");
        spec.putArray("argv")
                .add(System.getProperty("test.python"))
                .add(SCRIPT.toString())
                .add("{connection_file}")
                .addAll(Stream.of(arguments).map(spec::textNode).toList());
        Path specFolder = Files.createDirectories(folder.resolve("specs").resolve(name));
        Files.write(specFolder.resolve("kernel.json"), TestNotebooks.JSON.writeValueAsBytes(spec));
        return specFolder;
    }

    @Override
    public void close() {
        kernels.close();
    }

    NotebookExecutor executor() {
        return executor;
    }

    ExecutionRequest request(String... sources) throws IOException {
        return notebooks.request(Stream.of(sources).map(TestNotebooks::cell).toArray(ObjectNode[]::new));
    }

    /** A request to a kernel that starts and says nothing. */
    ExecutionRequest requestToMute() throws IOException {
        return new TestNotebooks(folder, "mute").request(TestNotebooks.cell("next"));
    }

    /** A request to a kernel that publishes nothing until it runs a cell. */
    ExecutionRequest requestToSilent() throws IOException {
        return new TestNotebooks(folder, "silent").request(TestNotebooks.cell("next"));
    }

    /** A request to a kernel that does not say what its language is, for a notebook that does. */
    ExecutionRequest requestToReserved() throws IOException {
        ExecutionRequest request = new TestNotebooks(folder, "reserved").request(TestNotebooks.cell("next"));
        ObjectNode notebook =
                (ObjectNode) TestNotebooks.JSON.readTree(request.notebook().toFile());
        notebook.withObject("/metadata/language_info").put("name", "python");
        TestNotebooks.JSON.writeValue(request.notebook().toFile(), notebook);
        return request;
    }

    /** A request to a kernel that does not answer what it is asked first. */
    ExecutionRequest requestToForgetful() throws IOException {
        return new TestNotebooks(folder, "forgetful").request(TestNotebooks.cell("next"));
    }

    ExecutionResult execute(String... sources) throws Exception {
        return execute(ExecutionOptions.DEFAULT, sources);
    }

    ExecutionResult execute(ExecutionOptions options, String... sources) throws Exception {
        return execute(with(request(sources), options), new Cancellation());
    }

    ExecutionResult execute(ExecutionRequest request, Cancellation cancellation) throws Exception {
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, cancellation);
    }

    static ExecutionOptions cellTimeout(Duration timeout) {
        return options(Optional.empty(), Optional.of(timeout));
    }

    /** Options with graces that a test can wait for. */
    static ExecutionOptions options(Optional<Duration> timeout, Optional<Duration> cellTimeout) {
        return new ExecutionOptions(timeout, cellTimeout, false, Duration.ofMillis(300), Duration.ofMillis(300));
    }

    static List<CellStatus> statuses(ExecutionResult result) {
        return result.cells().stream().map(CellResult::status).toList();
    }

    static ExecutionError error(ExecutionResult result) {
        return result.error().orElseThrow();
    }

    Path output() {
        return notebooks.output();
    }

    JsonNode executed() throws IOException {
        return notebooks.executed();
    }

    JsonNode executed(int cell) throws IOException {
        return executed().path("cells").path(cell);
    }

    /** The text of a cell's only output, a stream. */
    String text(int cell) throws IOException {
        JsonNode outputs = executed(cell).path("outputs");
        assertThat(outputs).hasSize(1);
        return TestNotebooks.text(outputs.path(0).path("text"));
    }

    /** Asserts that nbformat takes the executed notebook for valid. */
    void assertIsValid() throws IOException, InterruptedException {
        Process validation = new ProcessBuilder(
                        System.getProperty("test.python"),
                        "-c",
                        "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], 4))",
                        output().toString())
                .inheritIO()
                .start();
        assertThat(validation.waitFor()).isZero();
    }

    Stream<ProcessHandle> kernelProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(SCRIPT.toString()));
    }

    void awaitNoKernels() {
        await().until(() -> kernelProcesses().findAny().isEmpty());
    }
}
