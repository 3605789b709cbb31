package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in a topic of a real Kafka, on good days and bad ones. */
class KafkaDestinationIT {

    private static final String TOPIC = "results";

    private final Path engine;
    private final Path secret;
    private final KafkaBroker broker;

    KafkaDestinationIT(@TempDir Path folder) throws IOException {
        engine = Files.createDirectories(folder.resolve("engine"));
        secret = Files.writeString(folder.resolve("password"), KafkaBroker.PASSWORD + "\n");
        broker = KafkaBroker.in(folder.resolve("broker"));
    }

    private Publishing publishing(String retries) throws Exception {
        return new Publishing(
                engine,
                Map.of(
                        "there",
                        "kafka:" + TOPIC + "?securityProtocol=SASL_PLAINTEXT&saslMechanism=PLAIN&maxBlockMs=2000"
                                + "&requestTimeoutMs=1000&deliveryTimeoutMs=2000&lingerMs=0",
                        "there.saslJaasConfig",
                        KafkaBroker.jaas("{{file:" + secret + "}}"),
                        "notebook.kafka.brokers",
                        broker.address(),
                        "notebook.publish.retries",
                        retries));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        return text(record.headers().lastHeader("ce_id").value());
    }

    @Test
    void theRecordComesUnderTheKeyOfItsJobAndASecondOneIsKnownByTheId() throws Exception {
        broker.start();
        try (broker;
                Publishing publishing = publishing("0")) {
            RunSummary summary = publishing.published(2);
            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            publishing.deliverAgain();

            List<ConsumerRecord<byte[], byte[]>> records = broker.records(TOPIC);
            String job = summary.id() + "/a[l0]";
            assertThat(records)
                    .hasSize(4)
                    .filteredOn(record -> text(record.key()).equals(job))
                    .hasSize(2)
                    .allSatisfy(record -> {
                        assertThat(id(record)).isEqualTo(job + "/1");
                        assertThat(new ObjectMapper()
                                        .readTree(record.value())
                                        .path("id")
                                        .asText())
                                .isEqualTo(job + "/1");
                        assertThat(text(record.headers()
                                        .lastHeader("content-type")
                                        .value()))
                                .startsWith("application/cloudevents+json");
                    });
            assertThat(publishing.everything(summary)).contains("there").doesNotContain(KafkaBroker.PASSWORD);
        }
    }

    @Test
    void aBrokerThatIsDownAtTheStartAndGoesAwayInMidRunGetsEveryRecordOnceItIsBack() throws Exception {
        try (broker;
                Publishing publishing = publishing("9")) {
            CompletableFuture<RunSummary> first = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 1 of 9"));
            assertThat(publishing.log())
                    .contains("WARN Not delivered: n_l0.json to there: ", "could not be established");
            broker.start();
            assertThat(first.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();

            broker.close();
            CompletableFuture<RunSummary> second = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("n_l1.json to there"));
            broker.start();

            assertThat(second.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(broker.records(TOPIC))
                    .extracting(KafkaDestinationIT::id)
                    .contains(
                            first.get().id() + "/a[l0]/1",
                            second.get().id() + "/a[l0]/1",
                            second.get().id() + "/a[l1]/1");
            assertThat(publishing.log()).doesNotContain(KafkaBroker.PASSWORD);
        }
    }

    @Test
    void aBrokerThatTakesNoMoreAndThenIsSlowGetsEveryRecord() throws Exception {
        try (Link link = new Link(broker.port());
                KafkaBroker slow = broker.through(link).start();
                Publishing publishing = publishing("9")) {
            publishing.published(1);
            slow.limit(TOPIC, 100);
            CompletableFuture<RunSummary> tooLarge = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log())
                    .contains("n_l0.json to there: ", "larger than the max message size the server will accept");
            slow.limit(TOPIC, 1_000_000);
            assertThat(tooLarge.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(slow.records(TOPIC))
                    .extracting(KafkaDestinationIT::id)
                    .containsOnlyOnce(tooLarge.get().id() + "/a[l0]/1");

            link.stall();
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("n_l1.json to there"));
            link.flow();

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(slow.records(TOPIC))
                    .extracting(KafkaDestinationIT::id)
                    .contains(run.get().id() + "/a[l0]/1", run.get().id() + "/a[l1]/1");
        }
    }

    @Test
    void theConnectionIsSecretAndTheStoresPasswordIsToldToNobody(@TempDir Path other) throws Exception {
        String password = "st0re-passw0rd";
        Path store = KeyStores.write(other.resolve("store.p12"), password);
        Path file = Files.writeString(other.resolve("password"), password + "\n");
        try (KafkaBroker secure =
                        KafkaBroker.in(other.resolve("broker"), store, password).start();
                Publishing publishing = new Publishing(
                        engine,
                        Map.of(
                                "there",
                                "kafka:" + TOPIC + "?securityProtocol=SASL_SSL&saslMechanism=PLAIN",
                                "there.saslJaasConfig",
                                KafkaBroker.jaas("{{file:" + secret + "}}"),
                                "there.sslTruststoreLocation",
                                store.toString(),
                                "there.sslTruststorePassword",
                                "{{file:" + file + "}}",
                                "notebook.kafka.brokers",
                                secure.address(),
                                "notebook.publish.retries",
                                "0"))) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(secure.records(TOPIC)).hasSize(1);
            assertThat(publishing.everything(summary)).doesNotContain(password, KafkaBroker.PASSWORD);
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        broker.start();
        try (broker;
                Publishing publishing = publishing("1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(1);
            assertThat(summary.problems().get(0))
                    .contains("n_l0.json was not delivered to there: ", "Authentication failed");
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one");
        }
    }
}
