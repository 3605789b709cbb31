package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kernels of other languages do differently. {@link KernelDifferencesIT} has the same from the fake kernel. */
@Tag("other-kernels")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherKernelsIT {

    private final OtherKernels kernels = new OtherKernels();
    private Path folder;

    @BeforeEach
    void folder(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    /**
     * The time limit lets compilers come to the sleep. How a kernel ends afterwards is its own affair: Deno's dies of the
     * interrupt, and bash's now and then aborts or has to be killed.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ir      | Sys.sleep(60)",
                "octave  | pause(60)",
                "bash    | sleep 60",
                "tslab   | while (true) {}",
                "kotlin  | Thread.sleep(60000)",
                "deno    | while (true) {}",
                "xpython | import time; time.sleep(60)",
            })
    void aCellHasTimedOutWhateverItsKernelMakesOfTheInterrupt(String kernel, String code) throws Exception {
        ExecutionOptions options = new ExecutionOptions(
                Optional.empty(),
                Optional.of(Duration.ofSeconds(4)),
                false,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));

        ExecutionResult result =
                kernels.execute(with(new TestNotebooks(folder, kernel).request(cell(code), cell("1")), options));

        assertThat(result.outcome()).as("%s", result.error()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.cells())
                .extracting(CellResult::status)
                .containsExactly(CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
        assertThat(result.error().orElseThrow().name()).isEqualTo("CellTimeout");
        assertThat(result.exit()).isPresent();
    }

    /** Not Octave's, which answers ok and prints the error: nobody can tell it from what a cell prints. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ir      | stop('no')                       | ERROR",
                "bash    | no_such_program                  | Error",
                "tslab   | throw new Error('no')            | Error",
                "kotlin  | throw RuntimeException(\"no\")   | org.jetbrains.kotlinx.jupyter.exceptions.ReplEvalRuntimeException",
                "deno    | throw new Error('no')            | Error",
                "xpython | raise ValueError('no')           | <class 'ValueError'>",
            })
    void anErrorStopsTheNotebook(String kernel, String code, String name) throws Exception {
        ExecutionResult result = kernels.execute(new TestNotebooks(folder, kernel).request(cell(code), cell("1")));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.cells())
                .extracting(CellResult::status)
                .containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(result.error().orElseThrow().name()).isEqualTo(name);
    }

    /** Deno's kernel sends idle before what the cell printed and resulted in, now and then. */
    @Test
    void whatDenoSendsAfterItsIdleIsInItsCell() throws Exception {
        TestNotebooks notebooks = new TestNotebooks(folder, "deno");
        ObjectNode[] cells = IntStream.range(0, 40)
                .mapToObj(i -> cell("console.log('printed " + i + "'); 'result " + i + "'"))
                .toArray(ObjectNode[]::new);

        assertThat(kernels.execute(notebooks.request(cells)).outcome()).isEqualTo(Outcome.SUCCEEDED);

        JsonNode executed = notebooks.executed().path("cells");
        for (int i = 0; i < cells.length; i++) {
            JsonNode outputs = executed.path(i).path("outputs");
            assertThat(outputs).as("cell %d", i).hasSize(2);
            assertThat(outputs.toString()).contains("printed " + i + "\\n", "result " + i);
        }
    }

    /** These do not say in their kernel_info_reply how they are. */
    @ParameterizedTest
    @CsvSource({"tslab, typescript", "jslab, javascript"})
    void kernelsWhoseInformationHasNoStatusStart(String kernel, String language) throws Exception {
        TestNotebooks notebooks = new TestNotebooks(folder, kernel);

        assertThat(kernels.execute(notebooks.request(cell("var x = 1;"))).outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(notebooks.executed().at("/metadata/language_info/name").asText())
                .isEqualTo(language);
    }
}
