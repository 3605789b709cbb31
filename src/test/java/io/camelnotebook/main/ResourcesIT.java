package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that say what they use, with real kernels. */
@Timeout(180)
class ResourcesIT {

    private Path directory;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        directory = folder;
        Files.writeString(directory.resolve("application.properties"), "notebook.memory = 1GiB\n");
    }

    private Engine run(String config, String... code) throws Exception {
        Notebooks.write(directory.resolve("n.ipynb"), code);
        Files.writeString(directory.resolve("p.yaml"), config);
        return Engine.run(directory, "run", "p.yaml", "-j", "3");
    }

    private JsonNode record(String label) throws IOException {
        return Notebooks.json(directory.resolve("outputs/n/%1$s/n_%1$s.json".formatted(label)))
                .path("data");
    }

    @Test
    void aJobThatNeedsMoreMemoryThanThereIsIsRefusedBeforeAnythingRuns() throws Exception {
        Engine engine = run("jobs:\n  a:\n    notebook: n.ipynb\n    resources: {memory: 2GiB}\n", "i = 0", "i");
        assertThat(engine.exitStatus()).isEqualTo(2);
        assertThat(engine.err())
                .contains(
                        "p.yaml:4:5: job 'a', field 'resources': there are 1.0 GiB for all notebooks together, which is"
                                + " less than the 2.0 GiB of this job; say less, or raise the setting notebook.memory");
        assertThat(directory.resolve("outputs/n")).doesNotExist();
    }

    @Test
    void jobsWaitUntilTheMemoryOfOthersIsFreeTheirKernelsGoneAndAll() throws Exception {
        Engine engine = run(
                "jobs: {n: {notebook: n.ipynb, matrix: {i: {range: [0, 3]}}, resources: {memory: 600MiB}}}",
                "i = 0",
                "import atexit, time\natexit.register(time.sleep, 0.3)");
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        List<JsonNode> records = IntStream.range(0, 3)
                .mapToObj(i -> {
                    try {
                        return record(Integer.toString(i));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .sorted(Comparator.comparing(each -> instant(each, "started")))
                .toList();
        assertThat(records.get(0).at("/resources/memory_bytes").asLong()).isEqualTo(600L << 20);
        for (int i = 1; i < 3; i++) {
            assertThat(instant(records.get(i), "started")).isAfter(instant(records.get(i - 1), "ended"));
        }
    }

    private static Instant instant(JsonNode record, String field) {
        return Instant.parse(record.path(field).asText());
    }

    @Test
    void aJobComputesWithTheThreadsItSaysAndCanReadItsShare() throws Exception {
        Engine engine = run("""
                jobs:
                  three: {notebook: n.ipynb, parameters: {i: 3}, resources: {threads: 3, memory: 600MiB}}
                  own: {notebook: n.ipynb, parameters: {i: 5}, resources: {threads: 3}, env: {OMP_NUM_THREADS: 5}}
                """, "i = 0", """
                import os
                assert os.environ["OMP_NUM_THREADS"] == str(i), os.environ["OMP_NUM_THREADS"]
                assert os.environ["OPENBLAS_NUM_THREADS"] == os.environ["CAMEL_NOTEBOOK_THREADS"] == "3"
                assert os.environ.get("CAMEL_NOTEBOOK_MEMORY_BYTES") == (str(600 * 2**20) if i == 3 else None)
                """);
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        assertThat(record("three").at("/resources/threads").asInt()).isEqualTo(3);
        assertThat(record("three").at("/kernel/start").asText()).isEqualTo("fork");
        assertThat(record("own").at("/resources/memory_bytes").isNull()).isTrue();
    }

    @Test
    void aJobThatTookTooMuchIsTriedAgainAndItsRecordSaysWhy() throws Exception {
        Engine engine = run(
                "jobs: {n: {notebook: n.ipynb, label: n, retries: {attempts: 2, delay: 1}, resources: {memory: 300MiB}}}",
                "i = 0",
                "held = bytearray(400 * 2**20)\nimport time; time.sleep(60)");
        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out() + engine.err()).contains("MemoryLimit", "and may use 300.0 MiB", "'resources'");
        assertThat(record("n").path("attempt").asInt()).isEqualTo(2);
        assertThat(record("n").at("/error/ename").asText()).isEqualTo("MemoryLimit");
        assertThat(record("n").path("status").asText()).isEqualTo("kernel_died");
    }
}
