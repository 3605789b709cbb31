package io.camelnotebook.publish;

import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {

    private static final Properties SETTINGS = new Properties();

    static {
        SETTINGS.put("notebook.destination.lab", "sftp:lab.example.org/in?passiveMode=true");
        SETTINGS.put("notebook.destination.lab.username", "ann");
        SETTINGS.put("notebook.destination.lab.password", "{{env:PATH}}");
        SETTINGS.put("notebook.destination.events", "seda:events");
        SETTINGS.put("notebook.destination.web", "https://example.org/runs");
        SETTINGS.put("notebook.destination.web.authPassword", "{{env:PATH}}");
        SETTINGS.put("notebook.destination.tracking", "mlflow:churn");
        SETTINGS.put("notebook.destination.tracking.trackingUri", "http://127.0.0.1:5000");
        SETTINGS.put("notebook.destination.safe", "https://example.org/runs?responseTimeout=1000");
        SETTINGS.put("notebook.destination.safe.username", "ann");
        SETTINGS.put("notebook.destination.safe.password", "{{env:PATH}}");
        SETTINGS.put("notebook.destination.safe.trustStore", "pom.xml");
        SETTINGS.put("notebook.destination.db", "jdbc:sqlite:reports.db");
        SETTINGS.put("notebook.destination.db.username", "ann");
        SETTINGS.put("notebook.destination.db.table", "reports.jobs");
        SETTINGS.put("notebook.destination.nodriver", "jdbc:nosuch:x?password=s3cret");
        SETTINGS.put("notebook.destination.nodriver.table", "jobs");
        SETTINGS.put("notebook.destination.notable", "jdbc:sqlite:reports.db");
        SETTINGS.put("notebook.destination.nostore", "https://example.org/runs");
        SETTINGS.put("notebook.destination.nostore.trustStore", "not-there.p12");
        SETTINGS.put("notebook.destination.unset", "seda:x");
        SETTINGS.put("notebook.destination.unset.size", "{{env:CAMEL_NOTEBOOK_NOT_SET}}");
        SETTINGS.put("notebook.destination.nofile", "seda:x");
        SETTINGS.put("notebook.destination.nofile.size", "{{file:/not/there}}");
    }

    private final Path folder;
    private final Destinations destinations = new Destinations(
            Set.of("file", "seda", "mlflow", "pulsar", "plusar", "scp"),
            "notebook.publish.schemes",
            new NamedDestinations(SETTINGS));

    DestinationsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private List<Delivery> deliveries(String... publish) {
        return destinations.deliveries(succeeded(
                JobMessages.withOutput(
                        job("train", "train", 0, "train", Map.of(), List.of(publish)),
                        folder.resolve("n_x.ipynb").toString()),
                Map.of()));
    }

    private void leave(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), "{}");
        }
    }

    @Test
    void aSchemeThatIsAllowedAndHasAComponentIsFine() {
        assertThat(destinations.problem("file:shared/results")).isEmpty();
        assertThat(destinations.problem("FILE:shared/results")).isEmpty();
        assertThat(destinations.problem("seda:x")).isEmpty();
    }

    @Test
    void aSchemeThatIsNotAllowedIsRefusedWithTheSettingThatAllowsIt() {
        assertThat(destinations.problem("exec:rm?args=-rf"))
                .contains("destinations of scheme 'exec' are not allowed; allowed: file, mlflow, plusar, pulsar, scp,"
                        + " seda;"
                        + " if it is meant, add it to notebook.publish.schemes in application.properties");
    }

    @Test
    void anAllowedSchemeWithoutAComponentIsRefusedWithTheOptionThatFetchesIt() {
        assertThat(destinations.problem("pulsar:runs"))
                .contains(
                        "the component for 'pulsar:' is not here; fetch it into ext/, once, by adding --dep camel-pulsar"
                                + " to the command: camel-notebook run … --dep camel-pulsar");
        // One whose artifact has another name.
        assertThat(destinations.problem("scp:host/in"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("--dep camel-jsch"));
    }

    @Test
    void aSchemeThatCamelDoesNotKnowIsSaidToBeSuch() {
        assertThat(destinations.problem("plusar:runs"))
                .contains(
                        "Camel has no component for 'plusar:'; check the spelling, or put the jar of your own component"
                                + " and what it needs into ext/");
    }

    @Test
    void aPathWithoutASchemeIsRefused() {
        assertThat(destinations.problem("shared/results")).isPresent();
    }

    @Test
    void aFolderGetsTheNotebookAndTheRecordUnderATemporaryNameFirst() throws IOException {
        leave("n_x.ipynb", "n_x.json");

        assertThat(deliveries("file:shared"))
                .extracting(Delivery::name, Delivery::endpoint, Delivery::destination)
                .containsExactly(
                        tuple("n_x.ipynb", "file:shared?tempPrefix=.camel-notebook-", "file:shared"),
                        tuple("n_x.json", "file:shared?tempPrefix=.camel-notebook-", "file:shared"));
    }

    @Test
    void optionsOfADestinationAreKept() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared?fileExist=Fail", "file:other?tempFileName=t"))
                .extracting(Delivery::endpoint)
                .containsExactly("file:shared?fileExist=Fail&tempPrefix=.camel-notebook-", "file:other?tempFileName=t");
    }

    @Test
    void whatIsNoStoreOfFilesGetsTheRecordAlone() throws IOException {
        leave("n_x.ipynb", "n_x.json");

        assertThat(deliveries("seda:results"))
                .extracting(Delivery::name, Delivery::endpoint)
                .containsExactly(tuple("n_x.json", "seda:results"));
    }

    @Test
    void aJobThatLeftNoNotebookSendsItsRecord() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared")).extracting(Delivery::name).containsExactly("n_x.json");
    }

    @Test
    void aJobThatWasNotExecutedDoesNotSendTheNotebookOfAnEarlierRun() throws IOException {
        leave("n_x.ipynb", "n_x.json");
        JobMessage job = JobMessages.withOutput(
                job("train", "train", 0, "train", Map.of(), List.of("file:shared")),
                folder.resolve("n_x.ipynb").toString());

        assertThat(destinations.deliveries(
                        JobMessages.withoutNotebook(JobMessages.result(job, JobState.CANCELLED, null, Map.of()))))
                .extracting(Delivery::name)
                .containsExactly("n_x.json");
    }

    @Test
    void theIdOfTheEventIsThatOfTheRecord() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("file:shared")).extracting(Delivery::eventId).containsExactly("r/train/1");
    }

    @Test
    void anMlflowServerGetsTheRecordOfEachAttemptUnderItsOwnId() throws IOException {
        leave("n_x.ipynb", "n_x.json");
        Files.writeString(folder.resolve("n_x_attempt1.json"), "{\"id\": \"r/train/1\"}");
        Files.writeString(folder.resolve("n_x_attempt2.json"), "{\"id\": \"an earlier run/train/2\"}");
        JobMessage job = JobMessages.withOutput(
                job("train", "train", 0, "train", Map.of(), List.of("tracking")),
                folder.resolve("n_x.ipynb").toString());

        assertThat(destinations.deliveries(succeeded(JobMessages.withAttempt(job, 3), Map.of())))
                .extracting(
                        Delivery::eventId,
                        Delivery::name,
                        delivery -> Objects.requireNonNull(delivery.content().file())
                                .getFileName()
                                .toString())
                .containsExactly(
                        tuple("r/train/1", "n_x.json", "n_x_attempt1.json"),
                        tuple("r/train/3", "n_x.json", "n_x.json"));
    }

    private static final RunSummary FAILED = new RunSummary(
            "r",
            "churn\nBcc: eve@example.org",
            "churn.yaml",
            RunState.FAILED,
            3,
            Map.of(JobState.SKIPPED, 1, JobState.FAILED, 2),
            3,
            0,
            List.of("why"),
            0,
            "order 7");

    private static Delivery notice(String uri) {
        Properties settings = new Properties();
        settings.put("notebook.destination.there", uri);
        return new Destinations(Set.of(), "none", new NamedDestinations(settings))
                .notice("there", FAILED, Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({"smtp:mail.example.org?to=ann@example.org", "SMTPS:mail.example.org"})
    void peopleAreToldOfAFailureInWordsOfWhichNobodysPipelineMakesHeaders(String uri) throws IOException {
        Delivery notice = notice(uri);

        assertThat(notice.body().toString())
                .contains(
                        "failed: of 3 jobs 2 failed, 1 skipped.", "why", "Config: churn.yaml", "camel-notebook show r");
        assertThat(notice.endpoint()).isEqualTo(uri);
        assertThat(notice.headers())
                .containsEntry("Subject", "Run of churn Bcc: eve@example.org failed")
                .containsEntry("ce_id", "r/3/failed");
    }

    @ParameterizedTest
    @CsvSource({
        "jms:queue:failures, ce_id, r/3/failed",
        "https://chat.example.org/hook, ce-id, r/3/failed",
        "kafka:failures?brokers=k, kafka.KEY, r",
        "aws2-s3:failures?prefix=x/, CamelAwsS3Key, x/r-3-failed.json",
    })
    void allOthersGetTheEventOfAFailure(String uri, String header, String value) throws IOException {
        Delivery notice = notice(uri);

        assertThat(notice.body().toString()).contains("\"id\":\"r/3/failed\"", "\"correlationid\":\"order 7\"", "why");
        assertThat(notice.headers()).containsEntry(header, value);
        assertThat(notice.endpoint()).isEqualTo(uri);
        assertThat(notice.correlation()).isEqualTo("order 7");
    }

    @Test
    void theEndOfARunIsForDestinationsThatKeepRuns() throws IOException {
        List<Delivery> deliveries = destinations.deliveries(
                FAILED, List.of("file:x", "tracking", "events"), folder.resolve("results.csv"), Instant.EPOCH);

        assertThat(deliveries).extracting(Delivery::destination).containsExactly("tracking");
        assertThat(deliveries.get(0).body().toString())
                .contains("\"type\":\"io.camelnotebook.run.failed\"", "\"failed\":2", "results.csv", "why");
    }

    @Test
    void anMlflowServerThatNobodyHasNamedIsToldBeforeAnythingRuns() {
        assertThat(destinations.problem("mlflow:churn?trackingUri=http://evil")).isPresent();
        assertThat(destinations.problem("tracking")).isEmpty();
    }

    @Test
    void aNameOfTheSettingsIsFineWhateverItsScheme() {
        Destinations onlyNames =
                new Destinations(Set.of(), "notebook.publish.schemes", new NamedDestinations(SETTINGS));

        assertThat(onlyNames.problem("events")).isEmpty();
        assertThat(onlyNames.problem("seda:events")).isPresent();
    }

    @Test
    void aNameThatTheSettingsLackIsRefusedWithThoseThatTheyHave() {
        assertThat(destinations.problem("evenst"))
                .contains(
                        "there is no destination 'evenst'; there are: db, events, lab, nodriver, nofile, nostore, notable,"
                                + " safe, tracking, unset, web; set notebook.destination.evenst to its URI in application.properties");
    }

    @Test
    void aSecretThatIsNotWhereTheSettingsTakeItFromIsToldBeforeAnythingRuns() {
        assertThat(destinations.problem("unset"))
                .contains("the setting notebook.destination.unset.size takes its value from the environment variable"
                        + " CAMEL_NOTEBOOK_NOT_SET, and there is none");
        assertThat(destinations.problem("nofile"))
                .contains("the setting notebook.destination.nofile.size takes its value from the file /not/there, and"
                        + " there is none");
    }

    @Test
    void aNameIsSentToByItsUriInWhichCamelLooksUpTheSecrets() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("lab"))
                .extracting(Delivery::destination, Delivery::endpoint)
                .containsExactly(tuple(
                        "lab",
                        "sftp:lab.example.org/in?passiveMode=true"
                                + "&password=#property:notebook.destination.lab.password"
                                + "&username=#property:notebook.destination.lab.username"
                                + "&tempPrefix=.camel-notebook-"));
    }

    @Test
    void anOptionThatCamelsHttpComponentWouldNotLookUpIsRefused() {
        assertThat(destinations.problem("web"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains(
                                "Camel's HTTP component takes no option from a setting of its own, such as"
                                        + " notebook.destination.web.authPassword",
                                "username, password, token"));
    }

    @Test
    void whoSendsAndWhatIsTrustedAreNoPartOfTheUriOfAHttpServer() throws IOException {
        leave("n_x.json");

        assertThat(destinations.problem("safe")).isEmpty();
        assertThat(deliveries("safe"))
                .extracting(Delivery::endpoint)
                .containsExactly("https://example.org/runs?responseTimeout=1000"
                        + "&sslContextParameters=#notebook.destination.safe.trust");
        assertThat(destinations.credentials("safe", text -> text.equals("{{env:PATH}}") ? "s3cret" : text))
                .containsEntry("Authorization", "Basic YW5uOnMzY3JldA==");
        assertThat(destinations.credentials("events", text -> text)).isEmpty();
        assertThat(destinations.credentials("https://example.org/runs", text -> text))
                .isEmpty();
    }

    @Test
    void aTrustStoreThatIsNotThereIsToldBeforeAnythingRuns() {
        assertThat(destinations.problem("nostore"))
                .contains("the setting notebook.destination.nostore.trustStore is not-there.p12, and there is no such"
                        + " file that can be read");
    }

    @Test
    void aDatabaseNeedsANameATableAndADriver() throws IOException {
        leave("n_x.json");

        assertThat(destinations.problem("db")).isEmpty();
        assertThat(deliveries("db")).extracting(Delivery::endpoint).containsExactly("bean:results?method=insert");
        assertThat(destinations.problem("notable"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("set notebook.destination.notable.table"));
        assertThat(destinations.problem("nodriver"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("there is no driver for 'jdbc:nosuch:' here", "--dep")
                        .doesNotContain("s3cret"));
        assertThat(destinations.problem("jdbc:sqlite:x.db"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("needs a name"));
    }

    @Test
    void aConfigThatCameAsAMessageMayUseTheNamesThatTheSettingsSayOnly() {
        Destinations received = new Destinations(
                Set.of(), "notebook.received.schemes", new NamedDestinations(SETTINGS).ofReceived(Set.of("events")));

        assertThat(received.problem("events")).isEmpty();
        for (String other : List.of("lab", "nosuch")) {
            assertThat(received.problem(other))
                    .contains("configs that come as messages may not publish to '" + other
                            + "'; of the named destinations they may to: events; if it is meant, add it to"
                            + " notebook.received.destinations in application.properties");
        }
    }

    @Test
    void aStoreOfObjectsIsToldTheNameOfTheObject() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("aws2-s3:reports?prefix=a%20b/&region=eu", "minio:reports", "kafka:results"))
                .extracting(Delivery::headers)
                .containsExactly(
                        Map.of("CamelAwsS3Key", "a b/n_x.json"),
                        Map.of("CamelMinioObjectName", "n_x.json"),
                        Map.of(
                                "content-type", "application/cloudevents+json; charset=UTF-8",
                                "ce_id", "r/train/1",
                                "kafka.KEY", "r/train"));
    }

    @Test
    void theHeadersWithTheNamesOfObjectsAreThoseOfCamelsComponents() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        ObjectStoreDestination.OBJECT_NAME.forEach((scheme, header) -> assertThat(
                        Objects.requireNonNull(catalog.componentModel(scheme)).getEndpointHeaders())
                .as(scheme)
                .extracting(BaseOptionModel::getName)
                .contains(header));
    }

    @Test
    void aKafkaTopicIsAtTheBrokersOfTheEntranceUnlessItSaysOtherwise() throws IOException {
        leave("n_x.json");

        assertThat(deliveries("kafka:results", "kafka:results?brokers=k:9092"))
                .extracting(Delivery::endpoint)
                .containsExactly("kafka:results?brokers={{notebook.kafka.brokers}}", "kafka:results?brokers=k:9092");
    }
}
