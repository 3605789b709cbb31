package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a watcher with {@code kill -9} at random moments of a pipeline of 60 jobs, starts it again each time, and looks
 * from outside at what it promises. {@code -Dcrash.kills=100} kills it more often than the three times of every build, and
 * {@code -Dcrash.seed=7} at other moments.
 */
class CrashIT {

    private static final int JOBS = 60;

    /** Labels begin with the pipeline's name, so that no two pipelines write the same files. */
    private static final String CONFIG = """
            jobs:
              prepare: {notebook: work.ipynb, label: NAME-prepare, parameters: {job: NAME-prepare}}
              train:
                notebook: work.ipynb
                needs: prepare
                matrix: {seed: {range: [0, 56]}}
                label: "NAME-train-${matrix.seed}"
                parameters: {job: "NAME-train-${matrix.seed}", upstream: "${jobs.prepare.results.value}"}
              left: {notebook: work.ipynb, label: NAME-left, needs: train, parameters: {job: NAME-left}}
              right: {notebook: work.ipynb, label: NAME-right, needs: train, parameters: {job: NAME-right}}
              compare: {notebook: work.ipynb, label: NAME-compare, needs: [left, right], parameters: {job: NAME-compare}}
            publish: [file:shared]
            """;

    private final int kills = Integer.getInteger("crash.kills", 3);
    private final Random random = new Random(Integer.getInteger("crash.seed", 1));
    private final Path directory;
    private final Path configs;

    /** Of jobs that were seen to have succeeded: how often they had been executed. */
    private final Map<String, Long> succeeded = new HashMap<>();

    /** Of event ids and files that were seen to have been delivered: which file it was, and since when. */
    private final Map<String, String> delivered = new HashMap<>();

    CrashIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        configs = Files.createDirectory(directory.resolve("configs"));
        Notebooks.write(
                directory.resolve("work.ipynb"),
                "job = ''\nupstream = 0",
                "import time\nfrom camel_notebook import record\ntime.sleep(0.05)",
                "record('value', 7)\nwith open('executions', 'a') as file: file.write(job + '\\n')");
    }

    @Test
    void nothingThatWasPromisedIsLostHoweverOftenTheEngineIsKilled() throws Exception {
        int pipelines = 0;
        for (int kill = 0; kill < kills; kill++) {
            if (isIdle()) {
                drop("p" + pipelines++);
            }
            try (Engine engine = watch()) {
                // Any moment will do, also one of the engine's start.
                engine.goOnFor(Duration.ofMillis(500 + random.nextInt(6_500)));
                engine.signal("KILL");
                engine.awaitNoProcess(Duration.ofSeconds(20));
                assertWholeFiles();
                assertNothingRunTwice(engine);
                assertNothingPublishedTwice();
            }
        }
        if (isIdle()) {
            drop("p" + pipelines++);
        }
        try (Engine engine = watch()) {
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(isIdle()).as(engine.err()).isTrue());
            engine.signal("TERM");
            engine.exitStatus();
            engine.awaitNoProcess(Duration.ofSeconds(10));
        }
        assertWholeFiles();
        assertNothingPublishedTwice();
        for (int pipeline = 0; pipeline < pipelines; pipeline++) {
            assertComplete("p" + pipeline);
        }
        assertThat(filesIn(configs.resolve(".done"))).hasSize(pipelines);
        assertThat(filesIn(configs.resolve(".failed"))).isEmpty();
        assertThat(sql("SELECT COUNT(*) FROM unpublished")).containsExactly("0");
    }

    private Engine watch() throws IOException {
        return Engine.start(directory, "-Dnotebook.watch.quiet=100", "watch", "-j", "3");
    }

    private void drop(String name) throws IOException {
        String config = CONFIG.replace("NAME", name);
        Path written = Files.writeString(directory.resolve(name + ".part"), config);
        Files.move(written, configs.resolve(name + ".yaml"));
    }

    private boolean isIdle() throws IOException {
        return filesIn(configs).isEmpty()
                && filesIn(configs.resolve(".running")).isEmpty();
    }

    private static Set<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        int depth = folder.endsWith(".running") ? 2 : 1;
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .collect(Collectors.toSet());
        }
    }

    /** No visible file is half-written. */
    private void assertWholeFiles() throws IOException {
        for (String folder : List.of("outputs", "shared")) {
            if (!Files.isDirectory(directory.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().matches(".*/[^.][^/]*\\.(ipynb|json)"))
                        .toList()) {
                    assertThat(Notebooks.json(file).isObject())
                            .as(file.toString())
                            .isTrue();
                }
            }
            try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                for (Path table :
                        files.filter(file -> file.endsWith("results.csv")).toList()) {
                    List<String> rows = Files.readAllLines(table);
                    assertThat(Files.readString(table)).as(table.toString()).endsWith("\r\n");
                    assertThat(rows)
                            .allMatch(row ->
                                    row.split(",", -1).length == rows.get(0).split(",", -1).length);
                    assertThat(rows).doesNotHaveDuplicates();
                }
            }
        }
    }

    /** What the ledger once had as delivered is the same file ever after, not one that was sent again. */
    private void assertNothingPublishedTwice() throws IOException {
        if (!Files.exists(directory.resolve("outputs/runs.db"))) {
            return;
        }
        for (String publication : sql("SELECT event_id || ' ' || file FROM publication WHERE state = 'delivered'")) {
            Path file = directory.resolve("shared").resolve(publication.substring(publication.lastIndexOf(' ') + 1));
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String now = attributes.fileKey() + " " + attributes.lastModifiedTime();
            String before = delivered.putIfAbsent(publication, now);
            if (before != null) {
                assertThat(now).as(publication).isEqualTo(before);
            }
        }
    }

    /** What the ledger once had as succeeded stays that, and is not executed again. */
    private void assertNothingRunTwice(Engine engine) throws IOException {
        Map<String, Long> executions = executions();
        if (!Files.exists(directory.resolve("outputs/runs.db"))) {
            return;
        }
        Set<String> now = new HashSet<>(sql("SELECT label FROM job WHERE state = 'succeeded'"));
        assertThat(now).as(engine.err()).containsAll(succeeded.keySet());
        now.forEach(job -> assertThat(executions.get(job))
                .as("executions of %s", job)
                .isEqualTo(succeeded.computeIfAbsent(job, executions::get)));
    }

    private Map<String, Long> executions() throws IOException {
        Path file = directory.resolve("executions");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().collect(Collectors.groupingBy(line -> line, Collectors.counting()))
                : Map.of();
    }

    private void assertComplete(String pipeline) throws IOException {
        String run = " WHERE run = (SELECT id FROM run WHERE pipeline = '" + pipeline + "')";
        assertThat(sql("SELECT state FROM run WHERE pipeline = '" + pipeline + "'"))
                .containsExactly("succeeded");
        assertThat(sql("SELECT state FROM job" + run)).hasSize(JOBS).containsOnly("succeeded");
        assertThat(sql("SELECT job FROM attempt" + run + " AND state = 'succeeded'"))
                .hasSize(JOBS)
                .doesNotHaveDuplicates();
        assertThat(sql("SELECT state || ' ' || substr(error, 1, 10) FROM attempt" + run + " AND state <> 'succeeded'"))
                .allMatch("kernel_died EngineLost"::equals);
        assertThat(
                        sql(
                                "SELECT job FROM attempt" + run
                                        + " GROUP BY job HAVING COUNT(*) <> MAX(attempt) OR MAX(CASE state WHEN 'succeeded' THEN attempt END) <> MAX(attempt)"))
                .as("jobs that left out a number, or went on after an attempt that succeeded")
                .isEmpty();
        Map<String, Long> executions = executions();
        for (String row : sql("SELECT label || ' ' || attempt FROM job" + run)) {
            String[] words = row.split(" ", 2);
            assertThat(executions.get(words[0])).as(row).isBetween(1L, Long.valueOf(words[1]));
        }
        assertThat(sql("SELECT DISTINCT event_id FROM publication" + run)).hasSize(JOBS);
        assertThat(sql("SELECT event_id || destination || file FROM publication" + run))
                .hasSize(2 * JOBS)
                .doesNotHaveDuplicates();
        assertThat(Files.readAllLines(directory.resolve("outputs/" + pipeline + "/results.csv")))
                .hasSize(JOBS + 1);
        for (String row : sql("SELECT label || ' ' || run || '/' || id || '/' || attempt FROM job" + run)) {
            String[] words = row.split(" ", 2);
            JsonNode event = Notebooks.json(directory.resolve("shared/work_" + words[0] + ".json"));
            assertThat(event.path("id").asText()).isEqualTo(words[1]);
            assertThat(event.path("data").path("status").asText()).isEqualTo("succeeded");
        }
    }

    private List<String> sql(String query) {
        return Jdbi.create("jdbc:sqlite:" + directory.resolve("outputs/runs.db"))
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
