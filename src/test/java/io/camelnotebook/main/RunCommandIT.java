package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as users run it: a process of its own, the routes as they stand, real kernels. */
class RunCommandIT {

    private static final String RECORD = "from camel_notebook import record\n";

    private Path directory;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.write(directory.resolve("plain.ipynb"), "x = 1", "print('x is', x)");
        Notebooks.write(directory.resolve("fail.ipynb"), "x = 1", "print('before')", "1 / 0", "print('after')");
        Notebooks.write(
                directory.resolve("long.ipynb"),
                "x = 1",
                "import pathlib, time\npathlib.Path('busy').touch()\ntime.sleep(300)",
                "print('after')");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void resultsGoFromJobToJobAndEveryJobLeavesItsFiles() throws Exception {
        Notebooks.write(directory.resolve("prepare.ipynb"), "rows = 1", RECORD + "record('table', rows * 2)");
        Notebooks.write(
                directory.resolve("train.ipynb"),
                "table = 0\nmodel = ''\nseed = 0",
                RECORD + "record('auc', table + seed)");
        Notebooks.write(
                directory.resolve("compare.ipynb"),
                "runs = []",
                RECORD + "record('best', max(run['results']['auc'] for run in runs))\nprint(len(runs), 'runs')");
        write("p.yaml", """
                name: churn
                jobs:
                  prepare:
                    notebook: prepare.ipynb
                    parameters: {rows: 10}
                  train:
                    notebook: train.ipynb
                    needs: prepare
                    matrix: {model: [ridge], seed: [1, 2]}
                    parameters: {table: "${jobs.prepare.results.table}", api_token: abc}
                    label: "${matrix.model}-${matrix.seed}"
                  compare:
                    notebook: compare.ipynb
                    needs: train
                    parameters: {runs: "${jobs.train.results}"}
                """);

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        assertThat(engine.out()).contains("train[ridge-2]  succeeded", "outputs/compare/compare/compare_compare.ipynb");
        assertThat(Notebooks.printed(directory.resolve("outputs/compare/compare/compare_compare.ipynb")))
                .isEqualTo("2 runs\n");

        Path executed = directory.resolve("outputs/train/ridge-2/train_ridge-2.ipynb");
        JsonNode event = Notebooks.json(directory.resolve("outputs/train/ridge-2/train_ridge-2.json"));
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("io.camelnotebook.job.succeeded");
        assertThat(event.path("subject").asText()).isEqualTo("train[ridge-2]");
        assertThat(event.path("id").asText()).isEqualTo(event.at("/data/run").asText() + "/train[ridge-2]/1");
        JsonNode data = event.path("data");
        assertThat(data.path("status").asText()).isEqualTo("succeeded");
        assertThat(data.at("/parameters/table").asInt()).isEqualTo(20);
        assertThat(data.at("/parameters/api_token").asText()).isEqualTo("***");
        assertThat(data.at("/results/auc").asInt()).isEqualTo(22);
        assertThat(data.at("/error").isNull()).isTrue();
        assertThat(data.at("/kernel/name").asText()).isEqualTo("python3");
        assertThat(data.at("/kernel/language_version").asText()).startsWith("3.");
        assertThat(data.at("/kernel/peak_memory_bytes").asLong()).isGreaterThan(1_000_000);
        assertThat(data.at("/notebook/sha256").asText()).isEqualTo(sha256(directory.resolve("train.ipynb")));
        assertThat(data.at("/output/sha256").asText()).isEqualTo(sha256(executed));
        assertThat(data.path("cells"))
                .hasSize(3)
                .allMatch(cell -> cell.path("status").asText().equals("completed"));

        assertThat(Files.readAllLines(directory.resolve("outputs/churn/results.csv")))
                .hasSize(5)
                .first()
                .isEqualTo(
                        "job,label,parameters.rows,parameters.model,parameters.seed,parameters.table,"
                                + "parameters.api_token,parameters.runs,results.table,results.auc,results.best,status,seconds,output");
        assertThat(Files.readAllLines(directory.resolve("outputs/churn/results.csv")))
                .anySatisfy(row -> assertThat(row)
                        .startsWith("train[ridge-2],ridge-2,,ridge,2,20,***,,,22,,succeeded,")
                        .endsWith(",outputs/train/ridge-2/train_ridge-2.ipynb"))
                .noneMatch(row -> row.contains("abc"));
        assertThat(query("SELECT pipeline || ' ' || state || ' ' || jobs FROM run"))
                .containsExactly("churn succeeded 4");
        assertThat(query("SELECT id || ' ' || state FROM job ORDER BY id"))
                .containsExactly(
                        "compare succeeded",
                        "prepare succeeded",
                        "train[ridge-1] succeeded",
                        "train[ridge-2] succeeded");
        assertThat(query("SELECT state FROM state_change WHERE job = 'prepare' ORDER BY at"))
                .containsExactly("queued", "running", "succeeded");
        engine.awaitNoProcess(Duration.ofSeconds(5));
    }

    @Test
    void whatANotebookRecordsReachesTheNextWithItsTypeAndAKeyThatIsMissingIsToldWithThoseThereAre() throws Exception {
        String values =
                "{'whole': 2**70, 'real': 1.0, 'yes': True, 'none': None, 'text': '1', 'odd': 'é ${run.id} \\\"q\\\"',"
                        + " 'list': [1, [2.5, None]], 'map': {'a.b': {'c': False}}}";
        Notebooks.write(
                directory.resolve("give.ipynb"),
                "x = 1",
                RECORD + "for name, value in " + values + ".items(): record(name, value)");
        Notebooks.write(
                directory.resolve("take.ipynb"),
                "got = {}",
                "given = " + values + "\nassert repr(got) == repr(given), got\nprint('the same')");
        write("p.yaml", """
                jobs:
                  give: {notebook: give.ipynb}
                  take:
                    notebook: take.ipynb
                    needs: give
                    parameters:
                      got:
                        whole: "${jobs.give.results.whole}"
                        real: "${jobs.give.results.real}"
                        yes: "${jobs.give.results.yes}"
                        none: "${jobs.give.results.none}"
                        text: "${jobs.give.results.text}"
                        odd: "${jobs.give.results.odd}"
                        list: "${jobs.give.results.list}"
                        map: "${jobs.give.results.map}"
                  miss: {notebook: plain.ipynb, needs: give, parameters: {x: "${jobs.give.results.lists}"}}
                """);

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        assertThat(Notebooks.printed(directory.resolve("outputs/take/take/take_take.ipynb")))
                .isEqualTo("the same\n");
        assertThat(engine.out())
                .contains(
                        "miss: Parameters: job 'miss': ${jobs.give.results.lists}: there is no 'lists' in a map: there are"
                                + " 'whole', 'real', 'yes', 'none', 'text', 'odd', 'list', 'map'");
        assertThat(directory.resolve("outputs/plain/miss/plain_miss.ipynb")).doesNotExist();
    }

    @Test
    void numbersThatOnlyPythonWritesArriveAsSuchFromBothFormats() throws Exception {
        Notebooks.write(
                directory.resolve("odd.ipynb"),
                "config = {}",
                "import math\nassert math.isnan(config['x']) and config['y'] == float('-inf'), config");
        write("batch.json", "{\"odd\": {\"notebook\": \"odd.ipynb\", \"x\": NaN, \"y\": -Infinity}}");
        write("p.yaml", "jobs: {odd: {notebook: odd.ipynb, label: p, parameters: {config: {x: .nan, y: -.inf}}}}");

        Engine engine = Engine.run(directory, "run", "batch.json", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        Path executed = directory.resolve("outputs/odd/odd/odd_odd.ipynb");
        assertThat(Files.readString(executed)).contains("float('nan')", "float('-inf')");
        // What is published is for programs that know no Python: there it is text.
        assertThat(Notebooks.json(directory.resolve("outputs/odd/odd/odd_odd.json"))
                        .at("/data/parameters/config/x")
                        .asText())
                .isEqualTo("NaN");
    }

    @Test
    void aSecretsValueIsInNoErrorRecordTableOrLedger() throws Exception {
        Notebooks.write(
                directory.resolve("leak.ipynb"),
                "api_token = ''",
                RECORD + "record('url', 'https://x?t=' + api_token)",
                "raise ValueError('cannot log in with ' + api_token)");
        write("p.yaml", "jobs: {leak: {notebook: leak.ipynb, parameters: {api_token: hunter2-is-secret}}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out()).contains("ValueError: cannot log in with ***");
        assertThat(engine.out() + engine.err()).doesNotContain("hunter2");
        JsonNode data = Notebooks.json(directory.resolve("outputs/leak/leak/leak_leak.json"))
                .path("data");
        assertThat(data.at("/error/evalue").asText()).isEqualTo("cannot log in with ***");
        assertThat(data.at("/results/url").asText()).isEqualTo("https://x?t=***");
        assertThat(data.toString()).doesNotContain("hunter2");
        assertThat(Files.readString(directory.resolve("outputs/p/results.csv"))).doesNotContain("hunter2");
        assertThat(Files.readString(directory.resolve("outputs/runs.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
    }

    @Test
    void aFailedJobIsKeptAsFarAsItWentAndWhatNeedsItIsSkipped() throws Exception {
        write("p.yaml", """
                jobs:
                  bad: {notebook: fail.ipynb}
                  after: {notebook: plain.ipynb, needs: bad, label: after}
                  other: {notebook: plain.ipynb, label: other}
                """);

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out()).contains("ZeroDivisionError: division by zero", "1 succeeded, 1 failed, 1 skipped");
        Path executed = directory.resolve("outputs/fail/bad/fail_bad.ipynb");
        assertThat(Notebooks.printed(executed)).isEqualTo("before\n");
        assertThat(Files.readString(executed)).contains("papermill-error-cell-tag", "ZeroDivisionError");
        JsonNode event = Notebooks.json(directory.resolve("outputs/fail/bad/fail_bad.json"));
        assertThat(event.path("type").asText()).isEqualTo("io.camelnotebook.job.failed");
        assertThat(event.at("/data/error/ename").asText()).isEqualTo("ZeroDivisionError");
        assertThat(event.at("/data/error/evalue").asText()).isEqualTo("division by zero");
        assertThat(event.at("/data/error/traceback")).isNotEmpty();
        assertThat(directory.resolve("outputs/plain/after")).doesNotExist();
        assertThat(query("SELECT id || ' ' || state FROM job ORDER BY id"))
                .containsExactly("after skipped", "bad failed", "other succeeded");
    }

    @Test
    void theFirstLineSaysWhatIsReadAndProgramsDoNotGetIt() throws Exception {
        write("p.yaml", "jobs: {a: {notebook: missing.ipynb}}");

        assertThat(Engine.run(directory, "run", "-j", "3", "p.yaml").err())
                .startsWith("reading p.yaml; 3 notebooks at a time\ncamel-notebook: p.yaml:1:");
        assertThat(Engine.run(directory, "run", "--progress", "json", "p.yaml").err())
                .startsWith("camel-notebook: p.yaml:1:");
    }

    @Test
    void aJobThatCannotBeExecutedDoesNotPassOffTheNotebookOfAnEarlierRunAsItsOwn() throws Exception {
        Notebooks.write(directory.resolve("give.ipynb"), "x = 1", RECORD + "record('rows', 5)");
        String config = """
                publish: ['file:%s']
                jobs:
                  give: {notebook: give.ipynb}
                  plain: {notebook: plain.ipynb, needs: give, parameters: {x: "${jobs.give.results.%s}"}}
                """;
        write("p.yaml", config.formatted("first", "rows"));
        assertThat(Engine.run(directory, "run", "p.yaml").exitStatus()).isZero();
        write("p.yaml", config.formatted("second", "row"));

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        Path folder = directory.resolve("outputs/plain/plain");
        assertThat(folder.resolve("plain_plain.ipynb")).doesNotExist();
        assertThat(Notebooks.printed(folder.resolve("plain_plain_backup.ipynb")))
                .isEqualTo("x is 5\n");
        assertThat(directory.resolve("second/plain_plain.json")).exists();
        assertThat(directory.resolve("second/plain_plain.ipynb")).doesNotExist();
        assertThat(Files.readAllLines(directory.resolve("outputs/p/results.csv")))
                .last()
                .asString()
                .endsWith(",failed,,");
        assertThat(Engine.run(directory, "show").out()).containsPattern("plain +failed +1 +- +-\n");
    }

    @Test
    void onFailureStopStartsNoFurtherJob() throws Exception {
        write("p.yaml", """
                on_failure: stop
                max_parallel: 1
                jobs:
                  bad: {notebook: fail.ipynb, priority: 5}
                  other: {notebook: plain.ipynb, label: other}
                """);

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(query("SELECT id || ' ' || state FROM job ORDER BY id"))
                .containsExactly("bad failed", "other skipped");
        assertThat(engine.out()).contains("on_failure: stop");
    }

    @Test
    void neverMoreNotebooksRunAtOnceThanJobsAllows() throws Exception {
        Notebooks.write(
                directory.resolve("timed.ipynb"),
                "x = 0",
                RECORD
                        + "import time\nbegin = time.time()\ntime.sleep(0.5)\nrecord('begin', begin)\nrecord('end', time.time())");
        for (String name : List.of("a", "b")) {
            write(
                    name + ".yaml",
                    "jobs: {timed: {notebook: timed.ipynb, matrix: {x: [1, 2]}, label: '" + name + "${matrix.x}'}}");
        }

        assertThat(mostAtOnce("1")).isEqualTo(1);
        assertThat(mostAtOnce("2")).isEqualTo(2);
    }

    private int mostAtOnce(String jobs) throws Exception {
        Engine engine = Engine.run(directory, "run", "-j", jobs, "--outputs", "o" + jobs, "a.yaml", "b.yaml");
        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        List<JsonNode> times = new ArrayList<>();
        for (String label : List.of("a1", "a2", "b1", "b2")) {
            times.add(Notebooks.json(directory.resolve("o" + jobs + "/timed/" + label + "/timed_" + label + ".json"))
                    .at("/data/results"));
        }
        return times.stream()
                .mapToInt(one -> (int) times.stream()
                        .filter(other -> other.path("begin").asDouble()
                                        <= one.path("begin").asDouble()
                                && one.path("begin").asDouble()
                                        < other.path("end").asDouble())
                        .count())
                .max()
                .orElseThrow();
    }

    @Test
    void aParameterOfTheCommandLineReplacesThatOfTheFileAndThePreviousNotebookIsBackedUp() throws Exception {
        write("p.yaml", "jobs: {plain: {notebook: plain.ipynb, parameters: {x: 2}}}");

        assertThat(Engine.run(directory, "run", "p.yaml").exitStatus()).isZero();
        Engine second = Engine.run(directory, "run", "-p", "x=3", "p.yaml");

        assertThat(second.exitStatus()).as(second.err()).isZero();
        Path folder = directory.resolve("outputs/plain/plain");
        assertThat(Notebooks.printed(folder.resolve("plain_plain.ipynb"))).isEqualTo("x is 3\n");
        assertThat(Notebooks.printed(folder.resolve("plain_plain_backup.ipynb")))
                .isEqualTo("x is 2\n");
        assertThat(query("SELECT state FROM run")).containsExactly("succeeded", "succeeded");
    }

    @Test
    void aFolderAsDestinationGetsTheNotebookAndItsRecord() throws Exception {
        write("p.yaml", "publish: ['file:shared/results']\njobs: {plain: {notebook: plain.ipynb}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        for (String name : List.of("plain_plain.ipynb", "plain_plain.json")) {
            assertThat(directory.resolve("shared/results").resolve(name))
                    .hasSameBinaryContentAs(
                            directory.resolve("outputs/plain/plain").resolve(name));
        }
        assertThat(Files.list(directory.resolve("shared/results"))).hasSize(2);
        assertThat(query("SELECT state FROM publication")).containsExactly("delivered", "delivered");
    }

    @Test
    void aDestinationThatCannotBeWrittenIsToldAndTheJobIsKept() throws Exception {
        write("regular-file", "");
        write("p.yaml", "publish: ['file:regular-file/below']\njobs: {plain: {notebook: plain.ipynb}}");

        Engine engine =
                Engine.run(directory, "-Dnotebook.publish.delay=10", "-Dnotebook.publish.retries=1", "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.err())
                .contains("Not delivered: plain_plain.ipynb to file:regular-file/below: ", "; trying again, 1 of 1")
                .contains("undelivered plain  plain_plain.ipynb to file:regular-file/below: ");
        assertThat(engine.out()).contains("1 succeeded, 2 files not delivered");
        assertThat(directory.resolve("outputs/plain/plain/plain_plain.ipynb")).exists();
        assertThat(query("SELECT state FROM job")).containsExactly("succeeded");
        assertThat(query("SELECT state FROM publication")).containsExactly("undelivered", "undelivered");
    }

    @Test
    void ctrlCDoesNotWaitForADestinationThatIsDownAndResumeSendsWhatIsLeft() throws Exception {
        write("destination", "");
        write("p.yaml", "publish: ['file:destination']\njobs: {plain: {notebook: plain.ipynb}}");
        try (Engine engine = Engine.start(directory, "-Dnotebook.publish.delay=600000", "run", "p.yaml")) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(engine.err()).contains("succeeded   plain"));
            engine.signal("INT");

            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(130);
            assertThat(engine.err()).contains("gave up waiting", "run --resume RUN");
        }
        Files.delete(directory.resolve("destination"));

        Engine resumed = Engine.run(directory, "run", "--resume", "latest");

        assertThat(resumed.exitStatus()).as(resumed.err()).isZero();
        assertThat(directory.resolve("destination/plain_plain.ipynb")).exists();
        assertThat(query("SELECT state FROM publication")).containsExactly("delivered", "delivered");
    }

    @Test
    void ctrlCWritesTheNotebookAsCancelledAndLeavesNoProcess() throws Exception {
        write("p.yaml", """
                jobs:
                  long: {notebook: long.ipynb}
                  after: {notebook: plain.ipynb, needs: long}
                """);
        try (Engine engine = Engine.start(directory, "run", "p.yaml")) {
            awaitBusy();
            engine.signal("INT");

            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(130);
            JsonNode event = Notebooks.json(directory.resolve("outputs/long/long/long_long.json"));
            assertThat(event.at("/data/status").asText()).isEqualTo("cancelled");
            assertThat(Files.readString(directory.resolve("outputs/long/long/long_long.ipynb")))
                    .contains("KeyboardInterrupt");
            assertThat(query("SELECT id || ' ' || state FROM job ORDER BY id"))
                    .containsExactly("after cancelled", "long cancelled");
            assertThat(query("SELECT state FROM run")).containsExactly("cancelled");
            engine.awaitNoProcess(Duration.ofSeconds(5));
        }
    }

    @Test
    void noKernelOutlivesAKilledEngine() throws Exception {
        write("p.yaml", "jobs: {long: {notebook: long.ipynb}}");
        try (Engine engine = Engine.start(directory, "run", "p.yaml")) {
            awaitBusy();
            assertThat(engine.processes()).hasSizeGreaterThan(1);
            engine.signal("KILL");
            engine.awaitNoProcess(Duration.ofSeconds(5));
        }
    }

    private void awaitBusy() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(directory.resolve("busy")).exists());
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private List<String> query(String sql) throws Exception {
        List<String> values = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outputs/runs.db"));
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
