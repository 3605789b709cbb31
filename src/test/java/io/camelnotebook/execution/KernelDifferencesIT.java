package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kernels of other languages do differently, as the fake kernel does it too. {@link OtherKernelsIT} has the real ones. */
@Timeout(60)
class KernelDifferencesIT {

    private static final Path SCRIPT = Path.of("src/test/python/fake_kernel.py").toAbsolutePath();

    private Path folder;
    private LocalKernels kernels;
    private NotebookExecutor executor;

    @BeforeEach
    void specs(@TempDir Path folder) throws IOException {
        this.folder = folder;
        List<Path> specs = List.of(
                spec("signal", "python", SCRIPT.toString()),
                spec("message", "python", SCRIPT.toString()),
                spec("xsql", "sql", "-c", "open('started', 'w')"));
        kernels = new LocalKernels(specs, StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
        executor = new NotebookExecutor(kernels, Clock.systemUTC());
    }

    private Path spec(String name, String language, String... arguments) throws IOException {
        ObjectNode spec = TestNotebooks.JSON.createObjectNode();
        spec.put("language", language).put("interrupt_mode", name.equals("message") ? "message" : "signal");
        spec.putArray("argv").add(System.getProperty("test.python"));
        List.of(arguments).forEach(spec.withArray("argv")::add);
        spec.withArray("argv").add("{connection_file}");
        Path specFolder = Files.createDirectories(folder.resolve("specs").resolve(name));
        Files.write(specFolder.resolve("kernel.json"), TestNotebooks.JSON.writeValueAsBytes(spec));
        return specFolder;
    }

    @AfterEach
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @CsvSource({
        "signal, sleep, exit status 0",
        "signal, sleep_abort, exit status 0",
        "signal, sleep_or_leave, exit status 0",
        "signal, sleep_fragile, killed by signal 2 (SIGINT)",
        "message, sleep_until_message, exit status 0"
    })
    void aCellHasTimedOutWhateverItsKernelMakesOfTheInterrupt(String kernel, String code, String exit)
            throws Exception {
        ExecutionOptions options = new ExecutionOptions(
                Optional.empty(),
                Optional.of(Duration.ofMillis(300)),
                false,
                Duration.ofSeconds(20),
                Duration.ofSeconds(1));

        ExecutionResult result =
                execute(with(new TestNotebooks(folder, kernel).request(cell(code + " 40"), cell("next")), options));

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.cells())
                .extracting(CellResult::status)
                .containsExactly(CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
        assertThat(result.error().orElseThrow().summary())
                .isEqualTo("CellTimeout: the time limit of 0.3 s was over while the cell ran");
        assertThat(result.exit().orElseThrow().description()).isEqualTo(exit);
        assertThat(result.run()).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void anErrorThatTheKernelDoesNotNameIsTold() throws Exception {
        ExecutionResult result =
                execute(new TestNotebooks(folder, "signal").request(cell("error_without_name"), cell("next")));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().orElseThrow().summary())
                .isEqualTo("Error: the kernel does not say which; see what the cell printed");
    }

    @Test
    void parametersForAnUnknownLanguageAreRefusedBeforeAKernelIsStarted() throws Exception {
        ExecutionRequest request = with(
                new TestNotebooks(folder, "xsql").request(cell("SELECT 1")),
                Map.of("rows", TextNode.valueOf("10")),
                Map.of());

        assertThatThrownBy(() -> execute(request))
                .isInstanceOf(PreparationException.class)
                .hasMessageContainingAll("parameters", "'xsql'", "'sql'", "expected one of Python, R, Scala, Julia")
                .hasMessageContaining("remove the parameters");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    private ExecutionResult execute(ExecutionRequest request) throws PreparationException {
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, new Cancellation());
    }
}
