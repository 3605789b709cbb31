package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries, and runs that go on, as users see them on the command line. */
class ResumeIT {

    private Path directory;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''\nseconds = 0",
                "import time\nwith open('executions', 'a') as file: file.write(word + '\\n')\ntime.sleep(seconds)");
        Notebooks.write(
                directory.resolve("fragile.ipynb"),
                "x = 1",
                "import os, signal\nif not os.path.exists('tried'):\n"
                        + "    open('tried', 'w').close(); os.kill(os.getpid(), signal.SIGKILL)");
        Notebooks.write(directory.resolve("wrong.ipynb"), "x = 1", "1 / 0");
    }

    private void config(String text) throws IOException {
        Files.writeString(directory.resolve("p.yaml"), text);
    }

    @Test
    void aJobWhoseKernelWasKilledSucceedsWithItsNextAttemptAndTheFirstIsKept() throws Exception {
        config("jobs: {a: {notebook: fragile.ipynb, retries: {delay: 0.1s}}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        assertThat(engine.err()).contains("; attempt 2 in 0.1 s");
        Path folder = directory.resolve("outputs/fragile/a");
        assertThat(folder.resolve("fragile_a_attempt1.ipynb")).exists();
        JsonNode first = Notebooks.json(folder.resolve("fragile_a_attempt1.json"));
        assertThat(first.path("type").asText()).isEqualTo("io.camelnotebook.job.kernel_died");
        assertThat(first.path("data").path("output").path("path").asText()).endsWith("fragile_a_attempt1.ipynb");
        JsonNode last = Notebooks.json(folder.resolve("fragile_a.json"));
        assertThat(last.path("data").path("attempt").asInt()).isEqualTo(2);
        assertThat(last.path("data").path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void whatFailedIsRunAgainAfterItsNotebookWasMendedAndShowTellsIt() throws Exception {
        config("""
                jobs:
                  good: {notebook: note.ipynb, label: good, parameters: {word: good}}
                  bad: {notebook: wrong.ipynb, label: bad}
                  after: {notebook: note.ipynb, label: after, needs: bad, parameters: {word: after}}
                """);
        assertThat(Engine.run(directory, "run", "p.yaml").exitStatus()).isEqualTo(1);
        Notebooks.write(directory.resolve("wrong.ipynb"), "x = 1", "1 / 1");

        Engine nothingLeft = Engine.run(directory, "run", "--resume", "latest");
        assertThat(nothingLeft.exitStatus()).isEqualTo(1);
        assertThat(nothingLeft.err()).contains("have ended: none of them is run again", "run --failed 20");
        Engine again = Engine.run(directory, "run", "--failed", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(Engine.run(directory, "run", "--failed", "latest").err())
                .contains("succeeded: none of them is run again");
        assertThat(Files.readAllLines(directory.resolve("executions"))).containsExactly("good", "after");
        assertThat(directory.resolve("outputs/p/results.csv")).content().contains("bad,bad", "succeeded");
        JsonNode shown = new ObjectMapper()
                .readTree(Engine.run(directory, "show", "latest", "--json").out());
        assertThat(shown.path("state").asText()).isEqualTo("succeeded");
        assertThat(shown.path("jobs").findValuesAsText("attempt")).containsExactlyInAnyOrder("1", "2", "1");
        assertThat(Engine.run(directory, "runs").out()).contains("p ", "succeeded", "3: 3 succeeded");
        String page = Engine.run(directory, "report").out().strip();
        assertThat(directory.resolve(page)).content().contains("../wrong/bad/wrong_bad.ipynb", "<svg", "fork");
        assertThat(Engine.run(directory, "show", "2000").err()).contains("there is no run '2000'");
        assertThat(Engine.run(directory, "runs", "-n", "0").err()).contains("-n: expected a number from 1, found 0");
    }

    @Test
    void aRunOfSomeJobsGoesOnWithThoseOnly() throws Exception {
        config("""
                jobs:
                  bad: {notebook: wrong.ipynb, label: bad}
                  after: {notebook: note.ipynb, label: after, needs: bad, parameters: {word: after}}
                  other: {notebook: note.ipynb, label: other, parameters: {word: other}}
                """);
        assertThat(Engine.run(directory, "run", "p.yaml", "--only", "after").exitStatus())
                .isEqualTo(1);
        Notebooks.write(directory.resolve("wrong.ipynb"), "x = 1", "1 / 1");

        Engine again = Engine.run(directory, "run", "--failed", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("executions"))).containsExactly("after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--failed", "--resume"})
    void whatWasGivenUpIsSentAgainWhenItsDestinationIsMended(String option) throws Exception {
        config("publish: ['file:shared']\n" + "jobs: {a: {notebook: note.ipynb, label: a, parameters: {word: a}}}");
        Path shared = Files.writeString(directory.resolve("shared"), "a file, where a folder should be");
        Engine first =
                Engine.run(directory, "-Dnotebook.publish.delay=10", "-Dnotebook.publish.retries=1", "run", "p.yaml");
        assertThat(first.exitStatus()).as(first.err()).isEqualTo(1);
        assertThat(first.err()).contains("undelivered a  note_a.ipynb to file:shared: ");
        Files.delete(shared);

        Engine again = Engine.run(directory, "run", option, "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(shared.resolve("note_a.ipynb"))
                .hasSameBinaryContentAs(directory.resolve("outputs/note/a/note_a.ipynb"));
        assertThat(Notebooks.json(shared.resolve("note_a.json")).path("id").asText())
                .endsWith("/a/1");
        assertThat(Files.readAllLines(directory.resolve("executions"))).containsExactly("a");
        assertThat(Engine.run(directory, "run", option, "latest").exitStatus()).isZero();
    }

    @Test
    void whatWasGivenUpIsPublishedAgainThoughAJobFailedWhichIsNotRunAgain() throws Exception {
        Notebooks.write(directory.resolve("wrong.ipynb"), "x = 1", "1 / 0");
        config("{publish: [box], jobs: {a: {notebook: note.ipynb, label: a, parameters: {word: a}},"
                + " w: {notebook: wrong.ipynb, label: w}}}");
        Path shared = Files.writeString(directory.resolve("shared"), "a file, where a folder should be");
        String box = "-Dnotebook.destination.box=file:shared";
        String[] once = {box, "-Dnotebook.publish.delay=10", "-Dnotebook.publish.retries=1"};
        assertThat(Engine.run(directory, once[0], once[1], once[2], "run", "p.yaml")
                        .exitStatus())
                .isEqualTo(1);

        Engine inVain = Engine.run(directory, once[0], once[1], once[2], "publish", "--retry");
        assertThat(inVain.exitStatus()).as(inVain.err()).isEqualTo(1);
        assertThat(inVain.err()).contains("undelivered a  note_a.ipynb to box: ", "4 not delivered");
        Files.delete(shared);
        Engine again = Engine.run(directory, box, "publish", "--retry", "latest");

        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(again.err()).contains("everything is delivered");
        assertThat(shared).isDirectoryContaining("glob:**/note_a.ipynb").isDirectoryContaining("glob:**/wrong_w.json");
        assertThat(Files.readAllLines(directory.resolve("executions"))).containsExactly("a");
    }

    @Test
    void aRunThatWasKilledGoesOnByHandWithItsMendedNotebookAndNotWhileItLives() throws Exception {
        config("""
                max_parallel: 1
                jobs:
                  first: {notebook: note.ipynb, label: first, parameters: {word: first}}
                  second: {notebook: note.ipynb, label: second, needs: first, parameters: {word: second, seconds: 8}}
                """);
        try (Engine killed = Engine.start(directory, "run", "p.yaml")) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(killed.err()).contains("started     second"));
            assertThat(Engine.run(directory, "run", "--resume", "latest").err()).contains("still goes on, in process");
            killed.signal("KILL");
            killed.awaitNoProcess(Duration.ofSeconds(10));
        }

        assertThat(Engine.run(directory, "runs").out()).contains("cut off");
        assertThat(Engine.run(directory, "show").out()).contains("cut off: its engine has ended");

        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''\nseconds = 0",
                "with open('executions', 'a') as file: file.write(word + ' mended\\n')");
        Engine resumed = Engine.run(directory, "run", "--resume", "latest");

        assertThat(resumed.exitStatus()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("executions")))
                .containsExactly("first", "second", "second mended");
    }
}
