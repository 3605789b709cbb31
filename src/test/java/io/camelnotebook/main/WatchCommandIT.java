package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} as users run it: what becomes of files in the watched folder, whatever way they come there. */
class WatchCommandIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Path directory;
    private Path configs;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        configs = Files.createDirectory(directory.resolve("configs"));
        // Each execution appends a line, so that one that happens twice is seen.
        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''\nseconds = 0",
                "import time\nwith open('executions', 'a') as file: file.write(word + '\\n')\ntime.sleep(seconds)");
    }

    private Engine watch(String... options) throws IOException {
        String[] words = Stream.concat(Stream.of("-Dnotebook.watch.quiet=300", "watch"), Stream.of(options))
                .toArray(String[]::new);
        Engine engine = Engine.start(directory, words);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(engine.err()).contains("watching configs/"));
        return engine;
    }

    private static String config(String word, double seconds) {
        return "jobs: {" + word + ": {notebook: note.ipynb, label: " + word + ", parameters: {word: " + word
                + ", seconds: " + seconds + "}}}";
    }

    private void drop(String name, String text) throws IOException {
        Path written = Files.writeString(directory.resolve(name + ".part"), text);
        Files.move(written, configs.resolve(name));
    }

    private List<String> executions() {
        try {
            Path file = directory.resolve("executions");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> filesIn(String folder) {
        Path path = configs.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path, folder.isEmpty() ? 1 : 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitFiles(String folder, int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(filesIn(folder)).hasSize(count));
    }

    @Test
    void aFileIsClaimedRunAndEndsInDone() throws Exception {
        try (Engine engine = watch()) {
            drop("a.yaml", config("first", 0));

            awaitFiles(".done", 1);
            assertThat(filesIn(".done")).singleElement().asString().endsWith("a.yaml");
            assertThat(executions()).containsExactly("first");
            assertThat(filesIn("")).isEmpty();
            assertThat(filesIn(".running")).isEmpty();
            assertThat(directory.resolve("outputs/note/first/note_first.ipynb")).exists();

            engine.signal("TERM");
            engine.exitStatus();
            engine.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(engine.err()).doesNotContain("\tat ", "ERROR");
        }
    }

    @Test
    void aWatchedPipelineIsCalledAsItsFileWhateverItWasClaimedAs() throws Exception {
        try (Engine engine = watch()) {
            drop("a.yaml", config("first", 0));
            awaitFiles(".done", 1);

            assertThat(directory.resolve("outputs/a/results.csv")).exists();
            assertThat(engine.err()).contains("a: run ");
        }
    }

    @Test
    void notebooksBesideAWatchedFileAreFound() throws Exception {
        Notebooks.write(
                configs.resolve("beside.ipynb"),
                "x = 1",
                "with open('executions', 'a') as file: file.write('beside\\n')");
        try (Engine engine = watch()) {
            drop("a.yaml", "jobs: {a: {notebook: beside.ipynb}}");
            awaitFiles(".running", 0);

            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(executions()).as(engine.err()).containsExactly("beside"));
        }
    }

    @Test
    void aFileThatFailsSaysWhyAndTheWatcherGoesOn() throws Exception {
        try (Engine engine = watch()) {
            drop("bad.yaml", "jobs: {a: {notebook: missing.ipynb}}");
            awaitFiles(".failed", 2);
            assertThat(failure("bad.yaml"))
                    .contains("job 'a', field 'notebook': there is no notebook 'missing.ipynb'")
                    .doesNotContain("\tat ");

            drop("good.yaml", config("good", 0));
            awaitFiles(".done", 1);
            assertThat(engine.isAlive()).isTrue();
        }
    }

    @Test
    void aFileWhoseNotebookFailsSaysWhichJobCellAndErrorAndItsOutputsAreLeft() throws Exception {
        Notebooks.write(directory.resolve("fail.ipynb"), "x = 1", "print('before')", "1 / 0");
        try (Engine engine = watch()) {
            drop("bad.yaml", "jobs: {bad: {notebook: fail.ipynb}, after: {notebook: note.ipynb, needs: bad}}");
            awaitFiles(".failed", 2);

            assertThat(failure("bad.yaml"))
                    .contains(
                            "1 failed, 1 skipped",
                            "job 'bad' failed in cell 3: ZeroDivisionError: division by zero",
                            "outputs/fail/bad/fail_bad.ipynb")
                    .doesNotContain("\tat ");
            assertThat(Notebooks.printed(directory.resolve("outputs/fail/bad/fail_bad.ipynb")))
                    .isEqualTo("before\n");
            assertThat(directory.resolve("outputs/fail/bad/fail_bad.json")).exists();

            drop("good.yaml", config("good", 0));
            awaitFiles(".done", 1);
            assertThat(engine.isAlive()).isTrue();
        }
    }

    private String failure(String config) throws IOException {
        String name = filesIn(".failed").stream()
                .filter(file -> file.endsWith(config + ".error.txt"))
                .findFirst()
                .orElseThrow();
        return Files.readString(configs.resolve(".failed").resolve(name));
    }

    @Test
    void aFileThatGrowsWhileItRunsIsRunAgainWhenItIsWhole() throws Exception {
        try (Engine engine = watch();
                OutputStream slow = Files.newOutputStream(configs.resolve("slow.yaml"))) {
            slow.write(("jobs:\n" + job("half", 2)).getBytes(UTF_8));
            slow.flush();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(executions()).containsExactly("half"));
            slow.write(job("rest", 0).getBytes(UTF_8));
            slow.close();

            awaitFiles(".done", 1);
            assertThat(executions()).as(engine.err()).containsExactlyInAnyOrder("half", "half", "rest");
            assertThat(engine.err()).contains("slow.yaml was changed while it ran");
            assertThat(filesIn(".failed")).isEmpty();
            assertThat(filesIn("")).isEmpty();
            assertThat(directory.resolve("outputs/slow/results.csv")).exists();
        }
    }

    private static String job(String word, double seconds) {
        return "  " + word + ": {notebook: note.ipynb, label: " + word + ", parameters: {word: " + word + ", seconds: "
                + seconds + "}}\n";
    }

    @Test
    void aWatcherThatIsToldToEndCancelsAndPutsWhatItRanBackForTheNext() throws Exception {
        try (Engine ended = watch()) {
            drop("a.yaml", config("word", 3));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(executions()).hasSize(1));
            ended.signal("TERM");

            assertThat(ended.exitStatus()).isEqualTo(128 + 15);
            ended.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(ended.err()).contains("cancelled").doesNotContain("\tat ", "ERROR");
            assertThat(filesIn("")).singleElement().asString().endsWith("a.yaml");
            assertThat(filesIn(".running")).isEmpty();
            assertThat(filesIn(".failed")).isEmpty();
        }
        try (Engine next = watch()) {
            awaitFiles(".done", 1);
            assertThat(executions()).as(next.err()).containsExactly("word", "word");
            assertThat(directory.resolve("outputs/a/results.csv")).exists();
        }
    }

    @Test
    void aFileThatIsCopiedSlowlyIsReadWhenItIsWhole() throws Exception {
        try (Engine engine = watch();
                OutputStream slow = Files.newOutputStream(configs.resolve("slow.yaml"))) {
            byte[] text = (config("slow", 0) + " ".repeat(20)).getBytes(UTF_8);
            int[] written = {0};
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
                slow.write(text[written[0]++]);
                slow.flush();
                return written[0] == text.length;
            });

            awaitFiles(".done", 1);
            assertThat(executions()).as(engine.err()).containsExactly("slow");
            assertThat(filesIn(".failed")).isEmpty();
        }
    }

    @Test
    void twoWatchersOfOneFolderRunEachOfManyFilesOnce() throws Exception {
        try (Engine first = watch();
                Engine second = watch()) {
            List<String> words = IntStream.range(0, 12).mapToObj(i -> "w" + i).toList();
            for (String word : words) {
                drop(word + ".yaml", config(word, 0));
            }

            awaitFiles(".done", words.size());
            assertThat(executions()).containsExactlyInAnyOrderElementsOf(words);
            assertThat(filesIn(".failed")).as(first.err() + second.err()).isEmpty();
        }
    }

    /** Half of them are there when the watcher starts. {@code -Dwatch.files=1000} drops more. */
    @Test
    void manyFilesAtOnceAreTakenInTheOrderTheyCameAndNeverMoreKernelsLiveThanTheBound() throws Exception {
        int count = Integer.getInteger("watch.files", 200);
        Notebooks.writeFakeKernelSpec(directory, "--slots", "2");
        Notebooks.write(directory.resolve("fake.ipynb"), "note");
        List<String> words =
                IntStream.range(0, count).mapToObj("w%04d"::formatted).toList();
        dropFake(words.subList(0, count / 2));
        try (Engine engine = watch("-j", "2")) {
            dropFake(words.subList(count / 2, count));
            await().atMost(Duration.ofMinutes(2).plusMillis(count * 500L))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(filesIn(".done")).hasSize(words.size()));
            assertThat(executions()).as(engine.err()).containsExactlyInAnyOrderElementsOf(words);
            assertThat(filesIn("")).isEmpty();
            assertThat(filesIn(".failed")).isEmpty();
            // A claim's name begins with its time.
            assertThat(filesIn(".done").stream()
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
            drop(
                    word + ".yaml",
                    "jobs: {a: {notebook: fake.ipynb, kernel: fake, label: " + word + ", env: {WORD: " + word + "}}}");
        }
    }

    @Test
    void aFileThatIsReplacedWhileItRunsIsRunInBothVersions() throws Exception {
        try (Engine engine = watch()) {
            drop("a.yaml", config("first", 3));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(executions()).containsExactly("first"));
            drop("a.yaml", config("second", 0));

            awaitFiles(".done", 2);
            assertThat(executions()).as(engine.err()).containsExactly("first", "second");
        }
    }

    @Test
    void whatAKilledWatcherHadClaimedIsRunByTheNext() throws Exception {
        try (Engine killed = watch()) {
            drop("a.yaml", config("word", 3));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(executions()).hasSize(1));
            killed.signal("KILL");
            killed.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(filesIn(".running")).hasSize(1);
        }
        try (Engine next = watch()) {
            awaitFiles(".done", 1);
            assertThat(executions()).as(next.err()).containsExactly("word", "word");
            assertThat(filesIn(".running")).isEmpty();
        }
    }
}
