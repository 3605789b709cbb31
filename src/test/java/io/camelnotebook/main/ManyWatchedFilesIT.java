package io.camelnotebook.main;

import static io.camelnotebook.main.WatchedFolder.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files in a watched folder: each is run once, in order, and no more of them at once than may be. */
class ManyWatchedFilesIT {

    private final Path directory;
    private final WatchedFolder folder;

    ManyWatchedFilesIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        folder = WatchedFolder.in(directory);
    }

    @Test
    void twoWatchersOfOneFolderRunEachOfManyFilesOnce() throws Exception {
        try (Engine first = folder.watch();
                Engine second = folder.watch()) {
            List<String> words = IntStream.range(0, 12).mapToObj(i -> "w" + i).toList();
            for (String word : words) {
                folder.drop(word + ".yaml", config(word, 0));
            }

            folder.awaitFiles(".done", words.size());
            assertThat(folder.executions()).containsExactlyInAnyOrderElementsOf(words);
            assertThat(folder.filesIn(".failed")).as(first.err() + second.err()).isEmpty();
        }
    }

    /** Half of them are there when the watcher starts. {@code -Dwatch.files=1000} drops more. */
    @Test
    void manyFilesAtOnceAreTakenInTheOrderTheyCameAndNeverMoreKernelsLiveThanTheBound() throws Exception {
        int count = Integer.getInteger("watch.files", 200);
        // Two that run, and two whose notebooks are written and who are about to end.
        Notebooks.writeFakeKernelSpec(directory, "--slots", "4");
        Notebooks.write(directory.resolve("fake.ipynb"), "note");
        List<String> words =
                IntStream.range(0, count).mapToObj("w%04d"::formatted).toList();
        dropFake(words.subList(0, count / 2));
        try (Engine engine = folder.watch("-j", "2")) {
            dropFake(words.subList(count / 2, count));
            await().atMost(Duration.ofMinutes(2).plusMillis(count * 500L))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(folder.filesIn(".done")).hasSize(words.size()));
            assertThat(folder.executions()).as(engine.err()).containsExactlyInAnyOrderElementsOf(words);
            assertThat(folder.filesIn("")).isEmpty();
            assertThat(folder.filesIn(".failed")).isEmpty();
            // A claim's name begins with its time.
            assertThat(folder.filesIn(".done").stream()
                            .sorted()
                            .map(name -> name.replaceAll(".*(w\\d{4})\\.yaml", "$1"))
                            .toList())
                    .isEqualTo(words);
            assertThat(directory.resolve("slot-1")).exists();
            assertThat(directory.resolve("too-many")).doesNotExist();
        }
    }

    private void dropFake(List<String> words) throws IOException {
        for (String word : words) {
            folder.drop(
                    word + ".yaml",
                    "jobs: {a: {notebook: fake.ipynb, kernel: fake, label: " + word + ", env: {WORD: " + word + "}}}");
        }
    }
}
