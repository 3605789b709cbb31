package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code execute} and the real papermill do while a notebook runs: limits of time, and progress. */
class ExecuteMeanwhileIT {

    private Path ours;
    private Path theirs;

    @BeforeEach
    void folders(@TempDir Path folder) throws IOException {
        ours = Files.createDirectory(folder.resolve("ours"));
        theirs = Files.createDirectory(folder.resolve("theirs"));
    }

    private void write(String... cells) throws IOException {
        Notebooks.write(ours.resolve("in.ipynb"), cells);
        Notebooks.write(theirs.resolve("in.ipynb"), cells);
    }

    @Test
    void aCellThatTakesLongerThanItMayEndsTheNotebook() throws Exception {
        write("a = 0", "import time\nprint('before', flush=True)\ntime.sleep(100)", "print('never')");

        Program program = Program.camelNotebook(ours, null, words("execute in.ipynb out.ipynb --execution-timeout 2"));
        Program papermill = Program.papermill(theirs, null, words("in.ipynb out.ipynb --execution-timeout 2"));

        assertThat(program.status()).as(program.err()).isEqualTo(papermill.status());
        assertThat(program.err()).contains("the time limit of 2 s was over while the cell ran");
        assertThat(papermill.err()).contains("Cell execution timed out", "time.sleep(100)");
        assertThat(program.err()).contains("time.sleep(100)");
        for (Path folder : List.of(ours, theirs)) {
            assertThat(Notebooks.printed(folder.resolve("out.ipynb"))).isEqualTo("before\n");
        }
        // papermill calls all of them completed.
        JsonNode cells = Notebooks.json(ours.resolve("out.ipynb")).path("cells");
        assertThat(cells.findValuesAsText("status")).containsExactly("completed", "failed", "pending");
    }

    @Test
    void aKernelThatTakesLongerToStartThanItMayIsRefused() throws Exception {
        write("a = 0");
        Notebooks.writeFakeKernelSpec(ours, "--mute");
        Notebooks.writeFakeKernelSpec(theirs, "--mute");

        Program program =
                Program.camelNotebook(ours, null, words("execute in.ipynb out.ipynb -k fake --start-timeout 2"));
        Program papermill = Program.papermill(theirs, null, words("in.ipynb out.ipynb -k fake --start-timeout 2"));

        assertThat(program.status()).as(program.err()).isEqualTo(ExitStatus.FAILED);
        assertThat(program.err()).contains("kernel 'fake' did not answer within 2 s");
        assertThat(papermill.status()).as(papermill.err()).isEqualTo(1);
        assertThat(papermill.err()).contains("Kernel didn't respond in 2 seconds");
    }

    @Test
    void aNotebookThatIsKilledIsAsItWasLastSaved() throws Exception {
        write("a = 0", "print('done')", "import time\nprint('in the middle', flush=True)\ntime.sleep(100)", "'never'");

        try (Engine engine = Engine.start(ours, words("execute in.ipynb out.ipynb --autosave-cell-every 1"))) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(Notebooks.printed(ours.resolve("out.ipynb")))
                            .isEqualTo("done\nin the middle\n"));
        }

        JsonNode cells = Notebooks.json(ours.resolve("out.ipynb")).path("cells");
        assertThat(cells.findValuesAsText("status")).containsExactly("completed", "completed", "running", "pending");
    }

    @Test
    void progressIsShownWithTheDescriptionsOfTheCells() throws Exception {
        write(
                "a = 0",
                "#papermill_description=Load-data\nb = 1",
                "c = 1",
                "d = 1  # papermill_description= Train_2, and more");

        Program program = Program.camelNotebook(
                ours, null, words("-Dcamel.notebook.columns=80 execute in.ipynb out.ipynb --progress-bar"));
        Program without = Program.camelNotebook(
                ours, null, words("-Dcamel.notebook.columns=80 execute in.ipynb out.ipynb --no-progress-bar"));
        Program papermill = Program.papermill(theirs, null, words("in.ipynb out.ipynb --progress-bar"));
        Program papermillWithout = Program.papermill(theirs, null, words("in.ipynb out.ipynb --no-progress-bar"));

        assertThat(found("\r(\\S+) \\d/4", program)).containsExactly("Load-data", "Train_2,");
        assertThat(found("\r[^\r]*?(\\d/4)", program)).containsExactly("1/4", "2/4", "3/4", "4/4");
        assertThat(found("Executing (\\S+):", papermill)).containsExactly("Load-data", "Train_2,");
        assertThat(found("(\\d/4)", papermill)).contains("1/4", "4/4");
        assertThat(found("(\\d/4)", without)).isEmpty();
        assertThat(found("(\\d/4)", papermillWithout)).isEmpty();
    }

    private static List<String> found(String pattern, Program program) {
        return Pattern.compile(pattern)
                .matcher(program.err())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static String[] words(String line) {
        return line.split(" ");
    }
}
