package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that need not run again, with real kernels. */
class CacheIT {

    private static final String RECORD = "from camel_notebook import record\n";
    private static final String CONFIG = """
            defaults: {cache: true}
            jobs:
              prepare: {notebook: prepare.ipynb, parameters: {rows: %s}, inputs: data.csv, outputs: {copy: copy.csv}}
              train: {notebook: train.ipynb, needs: prepare, matrix: {seed: [1, 2]}}
              report: {notebook: report.ipynb, needs: train, parameters: {runs: "${jobs.train.results}"}}
            """;

    private Path directory;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.write(
                directory.resolve("prepare.ipynb"),
                "rows = 1",
                RECORD + "import pathlib\ntext = pathlib.Path('data.csv').read_text()\n"
                        + "pathlib.Path('copy.csv').write_text(text)\nrecord('rows', rows)");
        Notebooks.write(directory.resolve("train.ipynb"), "seed = 0", RECORD + "record('auc', seed / 10)");
        Notebooks.write(directory.resolve("report.ipynb"), "runs = []", RECORD + "record('n', len(runs))");
        write("data.csv", "a,b");
        write("p.yaml", CONFIG.formatted("10"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    /** Runs it, and gives the states of its jobs. */
    private Map<String, String> run(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "p.yaml"));
        arguments.addAll(List.of(options));
        Engine engine = Engine.run(directory, arguments.toArray(String[]::new));
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        Map<String, String> states = new TreeMap<>();
        for (String row : Files.readAllLines(directory.resolve("outputs/p/results.csv"))) {
            String state = row.contains(",cached,") ? "cached" : "succeeded";
            states.put(row.substring(0, row.indexOf(',')), state);
        }
        states.remove("job");
        return states;
    }

    private JsonNode record(String path) throws IOException {
        return Notebooks.json(directory.resolve("outputs/" + path)).path("data");
    }

    @Test
    void nothingIsRunAgainIfNothingHasChanged() throws Exception {
        assertThat(run()).doesNotContainValue("cached").hasSize(4);
        String first =
                record("prepare/prepare/prepare_prepare.json").path("run").asText();
        Path notebook = directory.resolve("outputs/train/1/train_1.ipynb");
        byte[] executed = Files.readAllBytes(notebook);

        assertThat(run()).doesNotContainValue("succeeded").hasSize(4);

        JsonNode record = record("prepare/prepare/prepare_prepare.json");
        assertThat(record.path("status").asText()).isEqualTo("cached");
        assertThat(record.at("/cached_from/run").asText()).isEqualTo(first);
        assertThat(record.at("/results/rows").asInt()).isEqualTo(10);
        assertThat(record.at("/files/copy/files/0/path").asText()).endsWith("prepare_prepare_files/copy.csv");
        assertThat(record("report/report/report_report.json").at("/results/n").asInt())
                .isEqualTo(2);
        assertThat(Files.readAllBytes(notebook)).isEqualTo(executed);
        assertThat(directory.resolve("outputs/train/1/train_1_backup.ipynb")).doesNotExist();

        assertThat(run("--no-cache", "--only", "prepare")).doesNotContainValue("cached");
    }

    @Test
    void aJobWhoseInputChangedRunsAgainAndWhatNeedsItOnlyIfItsOutcomeChanged() throws Exception {
        run();

        write("data.csv", "a,b,c");
        assertThat(run())
                .isEqualTo(Map.of(
                        "prepare", "succeeded", "train[1]", "succeeded", "train[2]", "succeeded", "report", "cached"));

        Notebooks.write(
                directory.resolve("prepare.ipynb"),
                "rows = 1",
                RECORD + "import shutil\nshutil.copy('data.csv', 'copy.csv')\nrecord('rows', rows)  # the same");
        assertThat(run())
                .isEqualTo(
                        Map.of("prepare", "succeeded", "train[1]", "cached", "train[2]", "cached", "report", "cached"));
    }

    @Test
    void aParameterOfTheCommandLineCountsToo() throws Exception {
        run("--only", "prepare");

        assertThat(run("-p", "rows=11", "--only", "prepare")).containsEntry("prepare", "succeeded");
    }

    @Test
    void anExecutedNotebookThatSomebodyChangedIsNotReused() throws Exception {
        run();
        write("outputs/train/1/train_1.ipynb", "{}");
        Files.delete(directory.resolve("outputs/prepare/prepare/prepare_prepare_files/copy.csv"));

        assertThat(run())
                .isEqualTo(Map.of(
                        "prepare", "succeeded", "train[1]", "succeeded", "train[2]", "cached", "report", "cached"));
    }

    @Test
    void anotherLabelGetsACopyOfTheNotebookAndItsFiles() throws Exception {
        run("--only", "prepare");
        write("p.yaml", CONFIG.formatted("10").replace("rows: 10}", "rows: 10}, label: other"));

        assertThat(run("--only", "prepare")).containsEntry("prepare", "cached");
        assertThat(directory.resolve("outputs/prepare/other/prepare_other.ipynb"))
                .hasSameBinaryContentAs(directory.resolve("outputs/prepare/prepare/prepare_prepare.ipynb"));
        assertThat(directory.resolve("outputs/prepare/other/prepare_other_files/copy.csv"))
                .hasContent("a,b");
    }

    @Test
    void aFailedJobIsNotReused() throws Exception {
        Notebooks.write(directory.resolve("fail.ipynb"), "x = 1", "1 / 0");
        write("p.yaml", "jobs: {a: {notebook: fail.ipynb, cache: true}}");

        for (int i = 0; i < 2; i++) {
            Engine engine = Engine.run(directory, "run", "p.yaml");
            assertThat(engine.exitStatus()).isEqualTo(1);
            assertThat(engine.out()).contains("a    failed");
        }
    }

    @Test
    void aDryRunTellsWhatWouldBeReusedAndRunsNothing() throws Exception {
        run();
        write("data.csv", "new");

        Engine engine = Engine.run(directory, "run", "p.yaml", "--dry-run");
        assertThat(engine.exitStatus()).isZero();
        assertThat(engine.out())
                .contains("p: 4 jobs, of p.yaml", "train ×2", "JOB       AFTER    CACHE")
                .doesNotContain("from 2");

        write("data.csv", "a,b");
        assertThat(Engine.run(directory, "run", "p.yaml", "--dry-run").out())
                .contains("4 jobs, 4 of them cached", "train[2]  prepare  from 2");
        assertThat(Engine.run(directory, "run", "p.yaml", "--dry-run", "--only", "train[2]")
                        .out())
                .contains("2 jobs, 2 of them cached")
                .doesNotContain("train[1]", "report");
        Engine unknown = Engine.run(directory, "run", "p.yaml", "--only", "tran");
        assertThat(unknown.exitStatus()).isEqualTo(2);
        assertThat(unknown.err()).contains("--only: there is no job 'tran' (did you mean 'train'?)");
    }

    @Test
    void anInputThatIsNotThereIsAnError() throws Exception {
        write("p.yaml", "jobs: {a: {notebook: train.ipynb, cache: true, inputs: nothing.csv}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out()).contains("MissingInput", "there is no input 'nothing.csv'");
    }
}
