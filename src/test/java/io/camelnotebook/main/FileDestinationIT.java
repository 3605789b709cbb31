package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results in a folder, such as one that is mounted from elsewhere, on good days and bad ones. */
class FileDestinationIT {

    private final Path engine;
    private final Path mount;

    FileDestinationIT(@TempDir Path folder) throws IOException {
        engine = Files.createDirectories(folder.resolve("engine"));
        mount = folder.resolve("mount");
    }

    private Publishing publishing() throws Exception {
        return new Publishing(engine, Map.of("there", "file:" + mount.resolve("in")));
    }

    private List<String> names() throws IOException {
        return names(mount.resolve("in"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void notebookAndRecordArriveAndASecondDeliveryReplacesThem() throws Exception {
        try (Publishing publishing = publishing()) {
            RunSummary summary = publishing.published(2);
            publishing.deliverAgain();

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(names()).containsExactly("n_l0.ipynb", "n_l0.json", "n_l1.ipynb", "n_l1.json");
            assertThat(mount.resolve("in/n_l1.ipynb")).hasContent("{\"executed\": \"l1\"}");
        }
    }

    @Test
    void aFolderThatIsAwayHoldsUpNoOtherDestination() throws Exception {
        Files.createFile(mount);
        Path working = engine.resolve("working");
        try (Publishing publishing =
                new Publishing(engine, Map.of("there", "file:" + mount.resolve("in"), "working", "file:" + working))) {
            CompletableFuture<RunSummary> run = publishing.publish(20);
            await().until(() -> Files.isDirectory(working)
                    && names(working).stream().noneMatch(name -> name.startsWith("."))
                    && names(working).size() == 40);
            assertThat(run).isNotDone();
            Files.delete(mount);

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(names(mount.resolve("in"))).hasSize(40);
        }
    }

    @Test
    void aFolderThatStaysAwayIsGivenUpByAllJobsAtTheSameTimeAndSomeTellOfTheirTries() throws Exception {
        Files.createFile(mount);
        try (Publishing publishing = new Publishing(
                engine,
                Map.of(
                        "there", "file:" + mount.resolve("in"),
                        "notebook.publish.retries", "3",
                        "notebook.publish.delay", "1000"))) {
            // Four after four, each in seven seconds, they would need longer than this waits.
            RunSummary summary = publishing.published(60);

            assertThat(summary.undelivered()).as(publishing.log()).isEqualTo(120);
            assertThat(publishing.log().lines().filter(line -> line.contains("trying again, 3 of 3")))
                    .hasSize(10);
        }
    }

    @Test
    void aFolderThatIsAwayGetsEverythingOnceItIsBack() throws Exception {
        // Nothing can be written there, whoever one is.
        Files.createFile(mount);
        try (Publishing publishing = publishing()) {
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 7"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.ipynb to there: Cannot ");
            Files.delete(mount);

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(names()).containsExactly("n_l0.ipynb", "n_l0.json");
        }
    }
}
