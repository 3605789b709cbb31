package io.camelnotebook.main;

import static io.camelnotebook.main.UnreliableProxy.Fault.ANSWER_LOST;
import static io.camelnotebook.main.UnreliableProxy.Fault.FULL;
import static io.camelnotebook.main.UnreliableProxy.Fault.NEVER_ANSWERED;
import static io.camelnotebook.main.UnreliableProxy.Fault.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs at a real MLflow tracking server, on good days and bad ones. */
@Timeout(120)
class MlflowDestinationIT {

    private static MlflowServer server;

    private final Path folder;
    private UnreliableProxy proxy;
    private String experiment;

    MlflowDestinationIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void startServer(@TempDir Path folder) throws IOException {
        server = new MlflowServer(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void startProxy(TestInfo test) throws IOException {
        experiment = test.getTestMethod().orElseThrow().getName();
        proxy = new UnreliableProxy(server.uri());
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    private Publishing publishing(String... settings) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), MlflowServer.PASSWORD + "\n");
        return publishing(password, settings);
    }

    private Publishing publishing(Path password, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "there",
                "mlflow:" + experiment + "?timeout=3000",
                "there.trackingUri",
                proxy.uri(),
                "there.username",
                MlflowServer.USER,
                "there.password",
                "{{file:" + password + "}}"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new Publishing(folder, all);
    }

    private List<MlflowRun> runs() throws Exception {
        return server.runs(experiment);
    }

    /** What there is when two jobs of one pipeline have arrived, each once. */
    private void assertTwoJobsArrivedOnce(RunSummary summary) throws Exception {
        List<MlflowRun> runs = runs();
        assertThat(runs)
                .extracting(MlflowRun::eventId)
                .containsExactlyInAnyOrder(summary.id(), summary.id() + "/a[l0]/1", summary.id() + "/a[l1]/1");
        assertThat(runs).extracting(MlflowRun::status).containsOnly("FINISHED");
        MlflowRun parent = runs.stream()
                .filter(run -> run.eventId().equals(summary.id()))
                .findFirst()
                .orElseThrow();
        assertThat(parent.parent()).isEmpty();
        assertThat(server.artifacts(parent)).isSubsetOf("results.csv");
        assertThat(runs).filteredOn(run -> run != parent).allSatisfy(run -> {
            assertThat(run.parent()).isEqualTo(parent.id());
            assertThat(server.artifacts(run)).hasSize(2);
        });
    }

    @Test
    void eachJobIsARunNestedUnderThatOfItsPipelineAndThePasswordIsNowhere() throws Exception {
        try (Publishing publishing = publishing()) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertTwoJobsArrivedOnce(summary);
            MlflowRun job = runs().stream()
                    .filter(run -> run.name().equals("a[l1]"))
                    .findFirst()
                    .orElseThrow();
            assertThat(job.seconds()).isEqualTo(3);
            assertThat(job.values("params")).containsEntry("i", "1");
            assertThat(job.tag("mlflow.source.name")).endsWith("n.ipynb");
            assertThat(job.tag("mlflow.source.git.commit")).isEqualTo("c0ffee");
            assertThat(server.artifacts(job)).containsExactly("n_l1.ipynb", "n_l1.json");
            Files.delete(folder.resolve("password"));
            assertThat(publishing.everything(summary))
                    .contains("there")
                    .doesNotContain(MlflowServer.PASSWORD, "s3c&re", "s3c%26re");
        }
    }

    @Test
    void jobsThatArriveAtOnceShareExperimentAndParent() throws Exception {
        try (Publishing publishing = publishing()) {
            assertThat(publishing.published(8).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(runs()).hasSize(9);
            assertThat(runs()).filteredOn(run -> run.parent().isEmpty()).hasSize(1);
        }
    }

    @Test
    void whatIsSentAgainMakesNoSecondRun() throws Exception {
        try (Publishing publishing = publishing()) {
            RunSummary summary = publishing.published(2);
            publishing.deliverAgain();

            assertTwoJobsArrivedOnce(summary);
        }
    }

    @Test
    void anAnswerThatGetsLostMakesNoSecondRun() throws Exception {
        for (String request : List.of("runs/create", "runs/create", "log-batch", "n_l0.ipynb", "runs/update")) {
            proxy.plan(request, ANSWER_LOST);
        }
        try (Publishing publishing = publishing()) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertTwoJobsArrivedOnce(summary);
            assertThat(publishing.log()).contains("broke the connection off at runs/create");
        }
    }

    @Test
    void aSlowServerAndAFullOneAreTriedAgainAndMakeNoSecondRun() throws Exception {
        proxy.plan("runs/create", NEVER_ANSWERED).plan("n_l0.json", FULL).plan("log-batch", UNAVAILABLE);
        try (Publishing publishing = publishing("there", "mlflow:" + experiment + "?timeout=1000")) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertTwoJobsArrivedOnce(summary);
            assertThat(publishing.log())
                    .contains(
                            "did not answer in 1000 ms to runs/create",
                            "answered 503 to runs/log-batch",
                            "answered 507 to the artifact ");
        }
    }

    @Test
    void whileTheServerIsDownItIsTriedAgainUntilItIsBack() throws Exception {
        proxy.goDown();
        try (Publishing publishing = publishing("notebook.publish.retries", "9")) {
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log())
                    .contains("MLflow at " + proxy.uri() + " cannot be reached: nobody listens there");
            proxy.comeBack();

            RunSummary summary = run.get(60, TimeUnit.SECONDS);
            assertThat(summary.undelivered()).isZero();
            assertTwoJobsArrivedOnce(summary);
        }
    }

    @Test
    void aWrongPasswordIsToldAndWritesItselfNowhere() throws Exception {
        Path wrong = Files.writeString(folder.resolve("password"), "wr0ng&pass)word");
        try (Publishing publishing = publishing(wrong, "notebook.publish.retries", "1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(2);
            assertThat(summary.problems())
                    .anySatisfy(problem ->
                            assertThat(problem).contains("n_l0.json was not delivered to there: MLflow at ", "(401)"))
                    .anySatisfy(problem -> assertThat(problem).startsWith("the end of run " + summary.id()));
            Files.delete(wrong);
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng&pass", "wr0ng%26pass");
        }
    }

    @Test
    void anExperimentThatIsDeletedIsToldAsSuch() throws Exception {
        String id = server.post("experiments/create", "{\"name\": \"" + experiment + "\"}")
                .path("experiment_id")
                .asText();
        server.post("experiments/delete", "{\"experiment_id\": \"" + id + "\"}");
        try (Publishing publishing = publishing("notebook.publish.retries", "0")) {
            assertThat(publishing.published(1).problems())
                    .anySatisfy(problem -> assertThat(problem).contains("is deleted; restore it there"));
        }
    }

    private String[] arguments(String... arguments) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), MlflowServer.PASSWORD + "\n");
        List<String> all = new ArrayList<>(List.of(
                "-Dnotebook.destination.lab=mlflow:" + experiment,
                "-Dnotebook.destination.lab.trackingUri=" + proxy.uri(),
                "-Dnotebook.destination.lab.username=" + MlflowServer.USER,
                "-Dnotebook.destination.lab.password={{file:" + password + "}}",
                "-Dnotebook.publish.delay=100",
                "-Dnotebook.publish.retries=1"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private Engine engine(String... arguments) throws Exception {
        return Engine.run(folder, arguments(arguments));
    }

    @Test
    void theRunsOfAPipelineAreThereForMlflowsOwnClient() throws Exception {
        Notebooks.write(
                folder.resolve("works.ipynb"),
                "rows = 1; config = {}",
                "from camel_notebook import record",
                "record('auc', 0.93); record('loss', [0.9, float('nan'), 0.5]); record('best', 'ridge')");
        Notebooks.write(
                folder.resolve("flaky.ipynb"),
                "import pathlib; seen = pathlib.Path('seen'); first = not seen.exists(); seen.touch()",
                "assert not first, 'not yet'");
        Notebooks.write(folder.resolve("fails.ipynb"), "1 / 0");
        Files.writeString(folder.resolve("p.yaml"), """
                publish: [lab]
                jobs:
                  works: {notebook: works.ipynb, parameters: {rows: 100, config: {url: a.csv}}}
                  flaky: {notebook: flaky.ipynb, retries: {attempts: 2, delay: 1, on: error}}
                  fails: {notebook: fails.ipynb}
                  later: {notebook: works.ipynb, needs: fails}
                """);
        Engine engine = engine("run", "p.yaml");
        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);

        assertThat(server.ask("mlflow_runs.py", experiment)).isEqualTo("""
                        fails FAILED nested fails_fails.html fails_fails.ipynb fails_fails.json
                        ZeroDivisionError: division by zero
                        flaky FAILED nested flaky_flaky_attempt1.ipynb flaky_flaky_attempt1.json
                        flaky attempt 2 FINISHED nested flaky_flaky.html flaky_flaky.ipynb flaky_flaky.json
                        p FAILED  results.csv
                        works FINISHED nested works_works.html works_works.ipynb works_works.json
                        ('config.url', 'a.csv') ('rows', '100')
                        ('auc', 0.93) ('loss', 0.5) ridge
                        (0, 0.9) (2, 0.5)
                        True""");
    }

    @Test
    void whatAServerThatWasDownDidNotGetComesByPublishRetry() throws Exception {
        Notebooks.write(folder.resolve("n.ipynb"), "1");
        Files.writeString(folder.resolve("p.yaml"), "{publish: [lab], jobs: {a: {notebook: n.ipynb}}}");
        proxy.goDown();
        Engine run = engine("run", "p.yaml");
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.out()).contains("2 files not delivered");
        proxy.comeBack();

        Engine retry = engine("publish", "--retry");
        assertThat(retry.exitStatus()).as(retry.err()).isZero();
        Engine again = engine("publish", "--retry");
        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(runs()).extracting(MlflowRun::status).containsExactly("FINISHED", "FINISHED");
    }

    @Test
    void aServerBehindTlsIsToldTheTokenAndGetsNoPagesWhereNoneAreWanted() throws Exception {
        Path store = KeyStores.write(folder.resolve("store.p12"), "st0re-passw0rd");
        SSLContext tls = KeyStores.context(store, "st0re-passw0rd");
        HttpsServer gate = HttpsServer.create();
        gate.setHttpsConfigurator(new HttpsConfigurator(tls));
        Path token = Files.writeString(folder.resolve("token"), "wr0ng-t0ken");
        Notebooks.write(folder.resolve("n.ipynb"), "1");
        Files.writeString(folder.resolve("p.yaml"), "{publish: [lab], jobs: {a: {notebook: n.ipynb}}}");
        try (UnreliableProxy guarded = new UnreliableProxy(
                server.uri(),
                gate,
                who -> who.equals("Bearer t0ken-of-ann") ? Optional.of(MlflowServer.basic()) : Optional.empty())) {
            List<String> settings = List.of(
                    "-Djavax.net.ssl.trustStore=" + store,
                    "-Djavax.net.ssl.trustStorePassword=st0re-passw0rd",
                    "-Dnotebook.destination.lab=mlflow:" + experiment + "?html=false",
                    "-Dnotebook.destination.lab.trackingUri=" + guarded.uri(),
                    "-Dnotebook.destination.lab.token={{file:" + token + "}}",
                    "-Dnotebook.publish.retries=0");
            Engine refused = Engine.run(folder, with(settings, "run", "p.yaml"));
            assertThat(refused.exitStatus()).isEqualTo(1);
            assertThat(refused.err()).contains("MLflow at " + guarded.uri(), "(401)");
            Files.writeString(token, "t0ken-of-ann\n");
            Engine retry = Engine.run(folder, with(settings, "publish", "--retry"));
            assertThat(retry.exitStatus()).as(retry.err()).isZero();
        }
        assertThat(runs()).hasSize(2).extracting(MlflowRun::status).containsOnly("FINISHED");
        MlflowRun job = runs().stream()
                .filter(run -> !run.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(server.artifacts(job)).containsExactly("n_a.ipynb", "n_a.json");
        assertThat(Written.in(folder))
                .contains("is given (401)")
                .doesNotContain("wr0ng-t0ken", "t0ken-of-ann", "st0re-passw0rd");
    }

    private static String[] with(List<String> settings, String... arguments) {
        return Stream.concat(settings.stream(), Stream.of(arguments)).toArray(String[]::new);
    }

    @Test
    void anEngineThatIsKilledGoesOnWithTheRunsThatItHasMade() throws Exception {
        Notebooks.write(folder.resolve("n.ipynb"), "i = 0", "import time; time.sleep(0.5)");
        Files.writeString(
                folder.resolve("p.yaml"),
                "{publish: [lab], jobs: {a: {notebook: n.ipynb, label: 'l${matrix.i}', matrix: {i: {range: [0, 8]}}}}}");
        try (Engine engine = Engine.start(folder, arguments("run", "p.yaml", "-j", "2"))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> runs().stream()
                                    .filter(run -> run.status().equals("FINISHED"))
                                    .count()
                            >= 2);
            engine.signal("KILL");
        }
        assertThat(runs()).extracting(MlflowRun::status).contains("RUNNING");

        Engine resumed = engine("run", "--resume", "latest");
        assertThat(resumed.exitStatus()).as(resumed.err()).isZero();
        assertThat(runs()).extracting(MlflowRun::eventId).doesNotHaveDuplicates();
        assertThat(runs()).extracting(MlflowRun::status).containsOnly("FINISHED");
        assertThat(runs()).extracting(run -> run.tag("camel_notebook.label")).contains("l0", "l7");
        assertThat(runs()).filteredOn(run -> run.parent().isEmpty()).hasSize(1);
        assertThat(runs()).hasSize(9);
    }
}
