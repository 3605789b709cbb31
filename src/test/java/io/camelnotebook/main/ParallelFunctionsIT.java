package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notebooks that compute in parallel, in kernels of the engine: the share they have, and what is left of them. */
@Timeout(180)
class ParallelFunctionsIT {

    private static final String STUBBORN = """
            import os, time
            from camel_notebook import parallel
            def stubborn(n):
                open(f"worker{os.getpid()}", "w").close()
                while True:
                    try:
                        time.sleep(100)
                    except KeyboardInterrupt:
                        pass
            """;

    /** Beside a kernel that dies, both of its workers are busy. */
    private static final String DIE = STUBBORN + """
            import glob, signal
            before = len(glob.glob("worker*"))
            pool = parallel(2, start=start)
            calls = [pool.submit(stubborn, n) for n in range(3)]
            while len(glob.glob("worker*")) < before + 2: time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGKILL)
            """;

    private static final String TIME_OUT = STUBBORN + """
            with parallel(2, start=start) as pool:
                list(pool.map(stubborn, range(3)))
            """;

    /** In a kernel of its own: the engine still runs, so that it is not its end which ended them. */
    private static final String LOOK = """
            import glob, os, time
            from camel_notebook import record
            def runs(pid):
                try:
                    with open(f"/proc/{pid}/stat") as file:
                        return file.read().rpartition(")")[2].split()[0] != "Z"
                except OSError:
                    return False
            pids = [int(path.rpartition("worker")[2]) for path in glob.glob("*/worker*")]
            end = time.monotonic() + 30
            while any(map(runs, pids)) and time.monotonic() < end: time.sleep(0.05)
            record("workers", len(pids))
            record("left", sum(map(runs, pids)))
            """;

    private Path directory;

    @BeforeEach
    void open(@TempDir Path folder) {
        directory = folder;
    }

    private Engine run(String... options) throws Exception {
        return Engine.run(directory, options);
    }

    @Test
    void aPoolHasAsManyWorkersAsTheEngineHasThreadsForTheJob() throws Exception {
        Notebooks.write(directory.resolve("n.ipynb"), "workers = 0", """
                from camel_notebook import parallel, record
                base = 40
                def answer(n): return base + n
                with parallel() as pool:
                    record("answers", list(pool.map(answer, range(3))))
                    assert pool.workers == workers, pool.workers
                """);
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  share: {notebook: n.ipynb, label: share, parameters: {workers: %d}}
                  own: {notebook: n.ipynb, label: own, parameters: {workers: 3}, resources: {threads: 3}}
                """.formatted(
                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
        Engine engine = run("run", "p.yaml", "-j", "2");
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        assertThat(record("n", "own").at("/results/answers").toString()).isEqualTo("[40,41,42]");
        assertThat(record("n", "own").at("/kernel/start").asText()).isEqualTo("fork");
    }

    @Test
    void noWorkerOutlivesACellWhoseTimeIsOverOrAKernelThatDies() throws Exception {
        Notebooks.write(directory.resolve("late.ipynb"), "start = None", TIME_OUT);
        Notebooks.write(directory.resolve("dead.ipynb"), "start = None", DIE);
        Notebooks.write(directory.resolve("look.ipynb"), "", LOOK);
        Files.writeString(directory.resolve("p.yaml"), """
                defaults: {retries: 0}
                jobs:
                  late: {notebook: late.ipynb, matrix: {start: [forkserver, fork]}, cell_timeout: 2s, cwd: late}
                  dead: {notebook: dead.ipynb, matrix: {start: [forkserver, spawn]}, cwd: dead}
                  look: {notebook: look.ipynb, label: look, cell_timeout: 60s}
                """);
        Files.createDirectory(directory.resolve("late"));
        Files.createDirectory(directory.resolve("dead"));
        Engine engine = run("run", "p.yaml", "-j", "1");
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isEqualTo(1);
        for (String start : List.of("forkserver", "fork")) {
            assertThat(record("late", start).path("status").asText()).isEqualTo("timed_out");
        }
        for (String start : List.of("forkserver", "spawn")) {
            assertThat(record("dead", start).path("status").asText()).isEqualTo("kernel_died");
        }
        JsonNode seen = record("look", "look").path("results");
        assertThat(seen.path("workers").asInt()).isGreaterThanOrEqualTo(6);
        assertThat(seen.path("left").asInt(-1)).isZero();
    }

    private JsonNode record(String notebook, String label) throws IOException {
        return Notebooks.json(directory.resolve("outputs/%1$s/%2$s/%1$s_%2$s.json".formatted(notebook, label)))
                .path("data");
    }
}
