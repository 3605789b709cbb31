package io.camelnotebook.main;

import static io.camelnotebook.main.ArtemisBroker.quietly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.RunSummary;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in queues and topics of a real Artemis, on good days and bad ones. */
class JmsDestinationIT {

    private final Path folder;
    private final ArtemisBroker broker;

    JmsDestinationIT(@TempDir Path folder) throws Exception {
        this.folder = folder.resolve("engine");
        this.folder.toFile().mkdir();
        broker = ArtemisBroker.in(folder.resolve("broker"));
    }

    @BeforeEach
    void start() throws Exception {
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private Publishing publishing(String uri, String password, String retries) throws Exception {
        return new Publishing(
                folder,
                Map.of(
                        "there", uri,
                        "notebook.jms.broker", broker.url(),
                        "notebook.jms.username", ArtemisBroker.USER,
                        "notebook.jms.password", password,
                        "notebook.publish.retries", retries));
    }

    private static String idInBody(Message message) {
        try {
            return new ObjectMapper()
                    .readTree(((TextMessage) message).getText())
                    .path("id")
                    .asText();
        } catch (JMSException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRecordComesAsTextAndASecondDeliveryOfItIsDroppedByTheBroker() throws Exception {
        try (Publishing publishing = publishing("jms:queue:results", ArtemisBroker.PASSWORD, "0")) {
            RunSummary summary = publishing.published(1);
            assertThat(summary.undelivered()).as(publishing.log()).isZero();

            publishing.deliverAgain();

            assertThat(broker.waiting("results")).isEqualTo(1);
            String id = summary.id() + "/a[l0]/1";
            String received = broker.receive("results", message -> {
                assertThat(quietly(() -> message.getStringProperty("ce_id"))).isEqualTo(id);
                return idInBody(message);
            });
            assertThat(received).isEqualTo(id);
            assertThat(publishing.everything(summary)).doesNotContain(ArtemisBroker.PASSWORD);
        }
    }

    @Test
    void whoListensToATopicGetsIt() throws Exception {
        try (Publishing publishing = publishing("jms:topic:results", ArtemisBroker.PASSWORD, "0")) {
            assertThat(broker.<String>as(client -> {
                        JMSConsumer listener = client.createConsumer(client.createTopic("results"));
                        try {
                            publishing.published(1);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                        return idInBody(listener.receive(20_000));
                    }))
                    .endsWith("/a[l0]/1");
        }
    }

    @Test
    void aBrokerThatIsDownAtTheStartAndGoesAwayInMidRunGetsEveryRecordOnceItIsBack() throws Exception {
        broker.close();
        try (Publishing publishing = publishing("jms:queue:results", ArtemisBroker.PASSWORD, "7")) {
            CompletableFuture<RunSummary> first = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 1 of 7"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.json to there: ", "Cannot connect");
            broker.start();
            assertThat(first.get(40, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();

            broker.close();
            CompletableFuture<RunSummary> second = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("n_l1.json to there: "));
            broker.start();
            assertThat(second.get(40, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(broker.waiting("results")).isEqualTo(3);
            assertThat(publishing.log()).doesNotContain("\tat ", ArtemisBroker.PASSWORD);
        }
    }

    @Test
    void aQueueThatIsFullGetsEveryRecordOnceThereIsRoom() throws Exception {
        broker.limit("results", AddressFullMessagePolicy.FAIL);
        try (Publishing publishing = publishing("jms:queue:results", ArtemisBroker.PASSWORD, "9")) {
            int before = fill("results");
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log())
                    .containsPattern("WARN Not delivered: n_l[01].json to there: .*full")
                    .doesNotContain("\tat ");

            makeRoom("results", before);

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(broker.waiting("results")).isEqualTo(2);
        }
    }

    @Test
    void aQueueThatLetsWaitWhileItIsFullGetsEveryRecordOnceThereIsRoom() throws Exception {
        try (Publishing publishing = publishing("jms:queue:results", ArtemisBroker.PASSWORD, "9")) {
            int before = fill("results");
            broker.limit("results", AddressFullMessagePolicy.BLOCK);
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().atMost(Duration.ofSeconds(30))
                    .until(publishing::log, log -> log.contains("address=results is blocked"));

            makeRoom("results", before);

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(broker.waiting("results")).isEqualTo(2);
        }
    }

    /** Sends so much that there is no room for more, if there is a limit; gives how many messages that is. */
    private int fill(String queue) {
        return broker.as(context -> {
            for (int sent = 0; sent < 10; sent++) {
                try {
                    context.createProducer().send(context.createQueue(queue), "x".repeat(8_000));
                } catch (JMSRuntimeException e) {
                    return sent;
                }
            }
            return 10;
        });
    }

    private void makeRoom(String queue, int messages) {
        for (int i = 0; i < messages; i++) {
            broker.receive(queue, Message::hashCode);
        }
    }

    @Test
    void theConnectionIsSecretAndTheStoresPasswordIsToldToNobody(@TempDir Path other) throws Exception {
        String password = "st0re-passw0rd";
        Path store = KeyStores.write(other.resolve("store.p12"), password);
        Path file = Files.writeString(other.resolve("password"), password + "\n");
        String client = "?sslEnabled=true&trustStorePath=" + store + "&trustStorePassword=";
        String acceptor = "?sslEnabled=true&keyStorePath=" + store + "&keyStorePassword=" + password;
        Map<String, String> settings = Map.of(
                "there",
                "jms:queue:results",
                "notebook.jms.username",
                ArtemisBroker.USER,
                "notebook.jms.password",
                ArtemisBroker.PASSWORD,
                "notebook.publish.retries",
                "1");
        try (ArtemisBroker secret = ArtemisBroker.in(other.resolve("broker"), acceptor, client + password)
                .start()) {
            Map<String, String> right = new HashMap<>(settings);
            right.put("notebook.jms.broker", secret.url() + client + "{{file:" + file + "}}");
            try (Publishing publishing = new Publishing(folder, right)) {
                RunSummary summary = publishing.published(1);
                assertThat(summary.undelivered()).as(publishing.log()).isZero();
                assertThat(publishing.everything(summary)).doesNotContain(password, ArtemisBroker.PASSWORD);
            }
            Map<String, String> wrong = new HashMap<>(settings);
            wrong.put("notebook.jms.broker", secret.url() + client + "wr0ng-one");
            try (Publishing publishing = new Publishing(folder, wrong)) {
                RunSummary summary = publishing.published(1);
                assertThat(summary.undelivered()).isEqualTo(1);
                assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one", ArtemisBroker.PASSWORD);
            }
            assertThat(secret.waiting("results")).isEqualTo(1);
        }
    }

    @Test
    void aBrokerThatIsSlowGetsEveryRecordOnce() throws Exception {
        try (Link link = new Link(broker.port());
                Publishing publishing = new Publishing(
                        folder,
                        Map.of(
                                "there",
                                "jms:queue:results",
                                "notebook.jms.broker",
                                "tcp://127.0.0.1:" + link.port() + "?callTimeout=1000",
                                "notebook.jms.username",
                                ArtemisBroker.USER,
                                "notebook.jms.password",
                                ArtemisBroker.PASSWORD))) {
            publishing.published(1);
            link.stall();
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("trying again, 1 of 7"));
            link.flow();

            assertThat(run.get(40, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(broker.waiting("results")).isEqualTo(3);
        }
    }

    @Test
    void aPasswordThatIsNotWhereTheSettingSaysIsTold() throws Exception {
        try (Publishing publishing = publishing("jms:queue:results", "{{file:" + folder + "/none}}", "1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(1);
            assertThat(summary.problems().get(0))
                    .contains("n_l0.json was not delivered to there: ", "the setting notebook.jms.password cannot be");
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        try (Publishing publishing = publishing("jms:queue:results", "wr0ng-one", "1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(1);
            assertThat(summary.problems().get(0)).contains("n_l0.json was not delivered to there: ", "user");
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one");
        }
    }
}
