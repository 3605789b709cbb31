package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.notebook.Notebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine itself takes of the time of a notebook of many cells that do nearly nothing. */
class ExecutionOverheadIT {

    private static final int CELLS = 300;

    /** What was measured, for the documentation. */
    private static final Path FIGURES = Path.of("target", "execution-overhead.txt");

    /** When the engine had a cell's last message, and when it had made the request for the next one. */
    private static final class Gaps implements ExecutionListener {

        private final List<Duration> gaps = new ArrayList<>();
        private Instant ended = Instant.MAX;

        @Override
        public void published(int index, Message message) {
            if (message.text("execution_state").equals("busy") && ended.isBefore(Instant.MAX)) {
                gaps.add(Duration.between(
                        ended, Instant.parse(message.parent().path("date").asText())));
            }
            ended = Instant.now();
        }

        Duration median() {
            return gaps.stream().sorted().toList().get(gaps.size() / 2);
        }
    }

    /** A notebook's file, and how long saving to it took while the cells ran. */
    private static final class TimedOutput implements NotebookOutput {

        private final NotebookOutput file;
        private Duration saving = Duration.ZERO;
        private int saves;

        TimedOutput(NotebookOutput file) {
            this.file = file;
        }

        @Override
        public void progress(Notebook notebook) throws IOException {
            long start = System.nanoTime();
            file.progress(notebook);
            saving = saving.plusNanos(System.nanoTime() - start);
            saves++;
        }

        @Override
        public void result(Notebook notebook) throws IOException {
            file.result(notebook);
        }
    }

    @Test
    void betweenTinyCellsTheEngineNeitherPausesNorSavesForLong(@TempDir Path folder) throws Exception {
        Path python = Path.of(System.getProperty("test.python"));
        TestNotebooks notebooks = new TestNotebooks(folder, "python3");
        ExecutionRequest request = notebooks.request(IntStream.range(0, CELLS)
                .mapToObj(i -> TestNotebooks.cell("print(" + i + ")"))
                .toArray(ObjectNode[]::new));
        Gaps gaps = new Gaps();
        TimedOutput output = new TimedOutput(NotebookOutput.file(request.output()));
        try (LocalKernels kernels =
                new LocalKernels(List.of(python), StartMode.FRESH, 1, Clock.systemUTC(), message -> {})) {
            NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());
            ExecutionResult result = executor.execute(executor.prepare(request), output, gaps, new Cancellation());
            double share = (double) output.saving.toNanos() / result.run().toNanos();
            Files.writeString(
                    FIGURES,
                    "%d cells in %.2f s: median from a cell's last message to the next request %.3f ms; %d saves, %.1f %%%n"
                            .formatted(
                                    CELLS,
                                    result.run().toNanos() / 1e9,
                                    gaps.median().toNanos() / 1e6,
                                    output.saves,
                                    100 * share));
            assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(gaps.gaps).hasSize(CELLS - 1);
            // A machine that is busy with other things may take its time; a pause of ours, or a save at each cell, may
            // not.
            assertThat(gaps.median()).isLessThan(Duration.ofMillis(20));
            assertThat(share).isLessThan(0.1);
        }
    }
}
