package io.camelnotebook.main;

import static io.camelnotebook.main.WatchedFolder.LIMIT;
import static io.camelnotebook.main.WatchedFolder.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watcher had taken when it ended, by itself or by force, and what the next one makes of it. */
class EndedWatcherIT {

    private final Path directory;
    private final WatchedFolder folder;

    EndedWatcherIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        folder = WatchedFolder.in(directory);
    }

    @Test
    void aWatcherThatIsToldToEndCancelsAndPutsWhatItRanBackForTheNext() throws Exception {
        try (Engine ended = folder.watch()) {
            folder.drop("a.yaml", config("word", 3));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(folder.executions()).hasSize(1));
            ended.signal("TERM");

            assertThat(ended.exitStatus()).isEqualTo(128 + 15);
            ended.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(ended.err()).contains("cancelled").doesNotContain("\tat ", "ERROR");
            assertThat(folder.filesIn("")).singleElement().asString().endsWith("a.yaml");
            assertThat(folder.filesIn(".running")).isEmpty();
            assertThat(folder.filesIn(".failed")).isEmpty();
        }
        try (Engine next = folder.watch()) {
            folder.awaitFiles(".done", 1);
            assertThat(folder.executions()).as(next.err()).containsExactly("word", "word");
            assertThat(directory.resolve("outputs/a/results.csv")).exists();
        }
    }

    @Test
    void whatAKilledWatcherHadClaimedIsRunByTheNext() throws Exception {
        try (Engine killed = folder.watch()) {
            folder.drop("a.yaml", config("word", 3));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(folder.executions()).hasSize(1));
            killed.signal("KILL");
            killed.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(folder.filesIn(".running")).hasSize(1);
        }
        try (Engine next = folder.watch()) {
            folder.awaitFiles(".done", 1);
            assertThat(folder.executions()).as(next.err()).containsExactly("word", "word");
            assertThat(folder.filesIn(".running")).isEmpty();
            assertThat(next.err()).doesNotContain("WARN", "camelLock");
        }
    }
}
