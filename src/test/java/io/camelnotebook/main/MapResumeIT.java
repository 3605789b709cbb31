package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a map whose engine ends before they do. */
@Timeout(240)
class MapResumeIT {

    private static final int ITEMS = 120;

    private final Path directory;
    private final Path results;

    MapResumeIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        results = directory.resolve("outputs/n/a/n_a_results.jsonl");
        Notebooks.write(
                directory.resolve("n.ipynb"),
                "import time",
                "def f(x):\n    with open('calls', 'a') as calls: calls.write(f'{x}\\n')\n"
                        + "    time.sleep(0.2 if x % 10 == 0 else 0.02)\n    return x * x");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs:\n  a:\n    notebook: n.ipynb\n    map: {function: f, over: {range: [0, " + ITEMS
                        + "]}, chunk: 4}\n");
    }

    private long lines() {
        try (Stream<String> lines = Files.exists(results) ? Files.lines(results) : Stream.empty()) {
            return lines.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void startAndEndIt(String signal) throws Exception {
        try (Engine engine = Engine.start(directory, "run", "-j", "2", "p.yaml")) {
            // A chunk's lines are written before the ledger has it, and a ledger not yet there must not be made here.
            await().atMost(Duration.ofSeconds(60)).until(() -> lines() >= 20 && done().size() >= 20);
            engine.signal(signal);
            engine.exitStatus();
            engine.awaitNoProcess(Duration.ofSeconds(20));
        }
        assertThat(lines()).isLessThan(ITEMS);
    }

    /** The items that chunks in the ledger have. */
    private List<Integer> done() {
        return Jdbi.create("jdbc:sqlite:" + directory.resolve("outputs/runs.db"))
                .withHandle(handle -> handle.createQuery("SELECT first_item, items FROM chunk")
                        .map((row, context) -> IntStream.range(row.getInt(1), row.getInt(1) + row.getInt(2))
                                .boxed()
                                .toList())
                        .list())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private Map<Integer, Long> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls")).stream()
                .collect(Collectors.groupingBy(Integer::valueOf, Collectors.counting()));
    }

    private void goesOnAndRepeatsNothingThatWasDone() throws Exception {
        List<Integer> done = done();
        // What a kill leaves in the middle of a write is not in the ledger.
        Files.writeString(results, Files.readString(results) + "{\"index\": 7, \"va");

        Engine again = Engine.run(directory, "run", "--resume", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        List<String> lines = Files.readAllLines(results);
        assertThat(lines).hasSize(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            assertThat(lines.get(i)).isEqualTo("{\"index\": " + i + ", \"value\": " + i * i + "}");
        }
        Map<Integer, Long> calls = calls();
        assertThat(calls).hasSize(ITEMS);
        assertThat(done).allSatisfy(item -> assertThat(calls.get(item)).isEqualTo(1));
        assertThat(results.resolveSibling("n_a_chunks")).doesNotExist();
    }

    @Test
    void aMapWhoseEngineIsKilledGoesOnWithWhatIsNotDone() throws Exception {
        startAndEndIt("KILL");
        goesOnAndRepeatsNothingThatWasDone();
    }

    @Test
    void aMapThatIsInterruptedGoesOnWithWhatIsNotDone() throws Exception {
        startAndEndIt("INT");
        goesOnAndRepeatsNothingThatWasDone();
    }

    @Test
    void aMapWhoseNotebookHasChangedMeanwhileBeginsAnew() throws Exception {
        startAndEndIt("KILL");
        Notebooks.write(directory.resolve("n.ipynb"), "def f(x):\n    return -x");

        Engine again = Engine.run(directory, "run", "--resume", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(Files.readAllLines(results)).hasSize(ITEMS).element(1).isEqualTo("{\"index\": 1, \"value\": -1}");
    }

    @Test
    void aMapWhoseFileOfItemsHasChangedMeanwhileBeginsAnew() throws Exception {
        Path config = directory.resolve("p.yaml");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{range: [^}]*}", "{file: items.jsonl}"));
        writeItems(0);
        startAndEndIt("KILL");
        writeItems(1);

        Engine again = Engine.run(directory, "run", "--resume", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(Files.readAllLines(results)).hasSize(ITEMS).first().isEqualTo("{\"index\": 0, \"value\": 1}");
    }

    private void writeItems(int first) throws IOException {
        Files.write(
                directory.resolve("items.jsonl"),
                IntStream.range(first, first + ITEMS).mapToObj(String::valueOf).toList());
    }
}
