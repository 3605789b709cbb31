package io.camelnotebook.main;

import static io.camelnotebook.main.WatchedFolder.LIMIT;
import static io.camelnotebook.main.WatchedFolder.config;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} as users run it: what becomes of a file in the watched folder, whatever way it comes there. */
class WatchCommandIT {

    private final Path directory;
    private final WatchedFolder folder;

    WatchCommandIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        folder = WatchedFolder.in(directory);
    }

    @Test
    void aFileIsClaimedRunAndEndsInDone() throws Exception {
        try (Engine engine = folder.watch()) {
            folder.drop("a.yaml", config("first", 0));

            folder.awaitFiles(".done", 1);
            assertThat(folder.filesIn(".done")).singleElement().asString().endsWith("a.yaml");
            assertThat(folder.executions()).containsExactly("first");
            assertThat(folder.filesIn("")).isEmpty();
            assertThat(folder.filesIn(".running")).isEmpty();
            assertThat(directory.resolve("outputs/note/first/note_first.ipynb")).exists();

            engine.signal("TERM");
            engine.exitStatus();
            engine.awaitNoProcess(Duration.ofSeconds(5));
            assertThat(engine.err()).doesNotContain("\tat ", "ERROR");
        }
    }

    @Test
    void aFileThatIsCalledAsAnExampleIsRunInAnyOtherFolder() throws Exception {
        try (Engine engine = folder.watch()) {
            folder.drop("demo.yaml", config("own", 0));

            folder.awaitFiles(".done", 1);
            assertThat(engine.err()).doesNotContain("left alone");
        }
    }

    @Test
    void theExamplesThatAreWatchedWithTheirProjectAreLeftAloneAndThatIsTold() throws Exception {
        Files.createSymbolicLink(directory.resolve("routes"), Path.of("routes").toAbsolutePath());
        for (String example : WatchCommand.EXAMPLES) {
            folder.drop(example, config("example", 0));
        }
        try (Engine engine = Engine.start(directory, "-Dcamel.notebook.home=" + directory, "watch")) {
            folder.drop("own.yaml", config("own", 0));

            folder.awaitFiles(".done", 1);
            assertThat(folder.executions()).containsExactly("own");
            assertThat(folder.filesIn("")).containsExactlyInAnyOrderElementsOf(WatchCommand.EXAMPLES);
            assertThat(engine.err())
                    .contains("; its examples batch.json, demo.yaml, match.yaml are left alone, they are for 'run'");
        }
    }

    @Test
    void allThatComesWithTheProjectIsAnExample() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("configs"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .as("the files in configs/, which should be the project's own while its tests run")
                    .containsExactlyInAnyOrderElementsOf(WatchCommand.EXAMPLES);
        }
    }

    @Test
    void aWatchedPipelineIsCalledAsItsFileWhateverItWasClaimedAs() throws Exception {
        try (Engine engine = folder.watch()) {
            folder.drop("a.yaml", config("first", 0));
            folder.awaitFiles(".done", 1);

            assertThat(directory.resolve("outputs/a/results.csv")).exists();
            assertThat(engine.err()).contains("a: run ");
        }
    }

    @Test
    void notebooksBesideAWatchedFileAreFound() throws Exception {
        Notebooks.write(
                folder.configs().resolve("beside.ipynb"),
                "x = 1",
                "with open('executions', 'a') as file: file.write('beside\\n')");
        try (Engine engine = folder.watch()) {
            folder.drop("a.yaml", "jobs: {a: {notebook: beside.ipynb}}");
            folder.awaitFiles(".running", 0);

            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(folder.executions()).as(engine.err()).containsExactly("beside"));
        }
    }

    @Test
    void aFileThatFailsSaysWhyAndTheWatcherGoesOn() throws Exception {
        try (Engine engine = folder.watch()) {
            folder.drop("bad.yaml", "jobs: {a: {notebook: missing.ipynb}}");
            folder.awaitFiles(".failed", 2);
            assertThat(failure("bad.yaml"))
                    .contains("job 'a', field 'notebook': there is no notebook 'missing.ipynb'")
                    .doesNotContain("\tat ");

            folder.drop("good.yaml", config("good", 0));
            folder.awaitFiles(".done", 1);
            assertThat(engine.isAlive()).isTrue();
        }
    }

    @Test
    void aFileWhoseNotebookFailsSaysWhichJobCellAndErrorAndItsOutputsAreLeft() throws Exception {
        Notebooks.write(directory.resolve("fail.ipynb"), "x = 1", "print('before')", "1 / 0");
        try (Engine engine = folder.watch()) {
            folder.drop("bad.yaml", "jobs: {bad: {notebook: fail.ipynb}, after: {notebook: note.ipynb, needs: bad}}");
            folder.awaitFiles(".failed", 2);

            assertThat(failure("bad.yaml"))
                    .contains(
                            "1 failed, 1 skipped",
                            "job 'bad' failed in cell 3: ZeroDivisionError: division by zero",
                            "outputs/fail/bad/fail_bad.ipynb")
                    .doesNotContain("\tat ");
            assertThat(Notebooks.printed(directory.resolve("outputs/fail/bad/fail_bad.ipynb")))
                    .isEqualTo("before\n");
            assertThat(directory.resolve("outputs/fail/bad/fail_bad.json")).exists();

            folder.drop("good.yaml", config("good", 0));
            folder.awaitFiles(".done", 1);
            assertThat(engine.isAlive()).isTrue();
        }
    }

    private String failure(String config) throws IOException {
        String name = folder.filesIn(".failed").stream()
                .filter(file -> file.endsWith(config + ".error.txt"))
                .findFirst()
                .orElseThrow();
        return Files.readString(folder.configs().resolve(".failed").resolve(name));
    }

    @Test
    void aFileThatGrowsWhileItRunsIsRunAgainWhenItIsWhole() throws Exception {
        try (Engine engine = folder.watch();
                OutputStream slow = Files.newOutputStream(folder.configs().resolve("slow.yaml"))) {
            slow.write(("jobs:\n" + job("half", 2)).getBytes(UTF_8));
            slow.flush();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(folder.executions()).containsExactly("half"));
            slow.write(job("rest", 0).getBytes(UTF_8));
            slow.close();

            folder.awaitFiles(".done", 1);
            assertThat(folder.executions()).as(engine.err()).containsExactlyInAnyOrder("half", "half", "rest");
            assertThat(engine.err()).contains("slow.yaml was changed while it ran");
            assertThat(folder.filesIn(".failed")).isEmpty();
            assertThat(folder.filesIn("")).isEmpty();
            assertThat(directory.resolve("outputs/slow/results.csv")).exists();
        }
    }

    private static String job(String word, double seconds) {
        return "  " + word + ": {notebook: note.ipynb, label: " + word + ", parameters: {word: " + word + ", seconds: "
                + seconds + "}}\n";
    }

    @Test
    void aFileThatIsCopiedSlowlyIsReadWhenItIsWhole() throws Exception {
        try (Engine engine = folder.watch();
                OutputStream slow = Files.newOutputStream(folder.configs().resolve("slow.yaml"))) {
            byte[] text = (config("slow", 0) + " ".repeat(20)).getBytes(UTF_8);
            int[] written = {0};
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
                slow.write(text[written[0]++]);
                slow.flush();
                return written[0] == text.length;
            });

            folder.awaitFiles(".done", 1);
            assertThat(folder.executions()).as(engine.err()).containsExactly("slow");
            assertThat(folder.filesIn(".failed")).isEmpty();
        }
    }

    @Test
    void aFileThatIsReplacedWhileItRunsIsRunInBothVersions() throws Exception {
        try (Engine engine = folder.watch()) {
            folder.drop("a.yaml", config("first", 3));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(folder.executions()).containsExactly("first"));
            folder.drop("a.yaml", config("second", 0));

            folder.awaitFiles(".done", 2);
            assertThat(folder.executions()).as(engine.err()).containsExactly("first", "second");
        }
    }
}
