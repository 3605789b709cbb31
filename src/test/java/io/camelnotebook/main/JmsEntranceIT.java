package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.activemq.artemis.utils.UUID;
import org.apache.activemq.artemis.utils.UUIDGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configs that come on a queue of a real Artemis. */
class JmsEntranceIT {

    private static final String QUEUE = "notebook.configs";
    private static final String REFUSED = "notebook.refused";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static ArtemisBroker broker;
    private static ReceivingEngine receiving;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = ArtemisBroker.in(directory.resolve("broker")).start();
        receiving = ReceivingEngine.in(directory).start(broker.settings("-Dnotebook.jms.queue=" + QUEUE, "watch"));
    }

    @AfterAll
    static void stop() throws Exception {
        receiving.close();
        broker.close();
    }

    private static Function<JMSContext, Message> text(String text) {
        return context -> context.createTextMessage(text);
    }

    @Test
    void aTextAndABytesMessageAreStoredAndAnsweredToWhoAskedForIt() throws Exception {
        String answer = broker.as(context -> {
            TemporaryQueue replies = context.createTemporaryQueue();
            TextMessage request = context.createTextMessage(receiving.config("asked"));
            return ArtemisBroker.quietly(() -> {
                request.setJMSReplyTo(replies);
                request.setJMSCorrelationID("order 7");
                request.setStringProperty("name", "churn");
                context.createProducer().send(context.createQueue(QUEUE), request);
                Message reply = context.createConsumer(replies).receive(LIMIT.toMillis());
                assertThat(reply).as(receiving.engine().err()).isNotNull();
                assertThat(reply.getJMSCorrelationID()).isEqualTo("order 7");
                return reply.getBody(String.class);
            });
        });
        assertThat(answer).contains("accepted", "churn~jms-", "order 7");
        assertThat(receiving.stored("asked")).singleElement().asString().startsWith("churn~jms-");

        broker.send(
                QUEUE,
                context -> ArtemisBroker.quietly(() -> {
                    BytesMessage bytes = context.createBytesMessage();
                    bytes.writeBytes(receiving.config("bytes").getBytes(UTF_8));
                    return bytes;
                }));
        receiving.awaitStored("bytes", 1);
    }

    @Test
    void whatCanNeverBeRunGoesToTheQueueOfTheRefusedAsItCameWithTheReason() {
        Map<String, Function<JMSContext, Message>> refused = Map.of(
                "message is empty",
                text(""),
                "did you mean 'notebook'?",
                text("jobs: {a: {notebok: n.ipynb}}"),
                "an object message",
                context -> context.createObjectMessage(new Date(0)),
                "a map message",
                JMSContext::createMapMessage,
                "a stream message",
                JMSContext::createStreamMessage,
                "without a body",
                JMSContext::createMessage,
                "more than the limit of 10485760",
                text("#".repeat(11 * 1024 * 1024)));
        refused.forEach((reason, message) -> {
            broker.send(QUEUE, message);
            String type = broker.receive(REFUSED, dead -> {
                assertThat(ArtemisBroker.quietly(() -> dead.getStringProperty("reason")))
                        .contains(reason);
                return dead.getClass().getSimpleName();
            });
            if (reason.startsWith("an object")) {
                assertThat(type).isEqualTo("ActiveMQObjectMessage");
            }
        });
        assertThat(receiving.engine().err())
                .contains("Refused a message from jms: ")
                .doesNotContain("\tat ");
        assertThat(broker.waiting(QUEUE)).isZero();
    }

    @Test
    void aCorrelationIdWithAControlCharacterIsRefusedAndWhoAskedIsTold() {
        String answer = broker.as(context -> ArtemisBroker.quietly(() -> {
            TemporaryQueue replies = context.createTemporaryQueue();
            TextMessage request = context.createTextMessage(receiving.config("control"));
            request.setJMSCorrelationID("order\u0000\u001b[31m\n7");
            request.setJMSReplyTo(replies);
            context.createProducer().send(context.createQueue(QUEUE), request);
            Message reply = context.createConsumer(replies).receive(LIMIT.toMillis());
            assertThat(reply).as(receiving.engine().err()).isNotNull();
            return reply.getBody(String.class);
        }));

        assertThat(answer).contains("refused", "has control characters; send another one, or none");
        String reason = broker.receive(REFUSED, dead -> ArtemisBroker.quietly(() -> dead.getStringProperty("reason")));
        assertThat(reason).contains("has control characters; send another one, or none");
        assertThat(broker.waiting(QUEUE)).isZero();
        assertThat(receiving.engine().err()).doesNotContain("\tat ", "\u001b[31m");
    }

    @Test
    void twoMegabytesAreStoredAndHostilePropertiesLeadNowhere() throws Exception {
        broker.send(
                QUEUE,
                context -> ArtemisBroker.quietly(() -> {
                    TextMessage message =
                            context.createTextMessage(receiving.config("large") + "\n#" + "x".repeat(2 * 1024 * 1024));
                    for (String name :
                            List.of("camelFileName", "CAMELNotebookPath", "CamelFileName", "CamelNotebookRefused")) {
                        message.setStringProperty(name, "../../x");
                    }
                    return message;
                }));

        receiving.awaitStored("large", 1);
        assertThat(receiving.stored("large")).singleElement().asString().matches("~jms-[0-9a-f]{16}\\.yaml");
        assertThat(receiving.directory().resolve("../x").normalize()).doesNotExist();
    }

    @Test
    void whileTheDiskIsFullAMessageWaitsAndIsStoredOnceThereIsRoom() throws Exception {
        broker.send(QUEUE, text(receiving.config("before")));
        receiving.awaitStored("before", 1);
        receiving.fillDisk();
        try {
            broker.send(QUEUE, text(receiving.largeConfig("full")));
            await().atMost(LIMIT).until(receiving.engine()::err, err -> err.contains("is tried again"));
            assertThat(receiving.engine().err())
                    .contains("A message from jms cannot be dealt with now: ", "File too large");
            assertThat(receiving.stored("full")).isEmpty();
        } finally {
            receiving.engine().unlimitFiles();
        }

        receiving.awaitStored("full", 1);
        await().atMost(LIMIT).until(() -> broker.waiting(QUEUE) == 0);
        assertThat(broker.waiting(REFUSED)).isZero();
    }

    @Test
    void aMessageThatComesAgainIsStoredOnceAlthoughTheBrokerDoesNotKnowAndOthersWithItsIdAreStoredToo()
            throws Exception {
        // Only the queue's consumer makes the queue.
        broker.send(QUEUE, text(receiving.config("one before")));
        receiving.awaitStored("one before", 1);
        UUID id = UUIDGenerator.getInstance().generateUUID();
        String first = receiving.config("first");
        broker.send(QUEUE, id, 1_000, first);
        broker.send(QUEUE, id, 1_000, first);
        broker.send(QUEUE, id, 2_000, first);
        broker.send(QUEUE, id, 1_000, receiving.config("other"));

        receiving.awaitStored("other", 1);
        assertThat(receiving.stored("first")).as(receiving.engine().err()).hasSize(2);
    }

    @Test
    void aBrokerThatIsSlowAndThenCountsAsGoneGetsRidOfEveryMessageOnce(@TempDir Path other) throws Exception {
        try (Link link = new Link(broker.port());
                ReceivingEngine slow = ReceivingEngine.in(other)) {
            String[] settings = broker.settings(
                    "-Dnotebook.jms.broker=tcp://127.0.0.1:" + link.port()
                            + "?callTimeout=1000&clientFailureCheckPeriod=500&connectionTTL=2000",
                    "-Dnotebook.jms.queue=slow",
                    "watch");
            slow.start(settings);
            broker.as(context -> {
                for (int i = 0; i < 80; i++) {
                    context.createProducer().send(context.createQueue("slow"), slow.config("m" + i));
                }
                return null;
            });
            await().atMost(LIMIT).until(() -> slow.numbered().size() > 5);
            link.stall();
            await().atMost(LIMIT).until(slow.engine()::err, err -> err.contains("cannot be used: "));
            link.flow();

            await().atMost(LIMIT).until(() -> slow.numbered().size() >= 80 && broker.waiting("slow") == 0);
            assertThat(slow.numbered()).hasSize(80).doesNotHaveDuplicates();
            assertThat(Written.in(other)).doesNotContain(ArtemisBroker.PASSWORD);
        }
    }

    @Test
    void aThousandAreStoredOnceAlthoughTheBrokerGoesAwayAndTheEngineIsKilledMeanwhile() throws Exception {
        broker.as(context -> {
            for (int i = 0; i < 1000; i++) {
                context.createProducer().send(context.createQueue(QUEUE), receiving.config("m" + i));
            }
            return null;
        });
        await().atMost(LIMIT).until(() -> receiving.numbered().size() > 100);
        receiving.engine().signal("KILL");
        receiving.start(broker.settings("-Dnotebook.jms.queue=" + QUEUE, "watch"));
        int before = receiving.numbered().size();
        await().atMost(LIMIT).until(() -> receiving.numbered().size() > Math.min(before + 100, 999));
        broker.close();
        receiving.engine().goOnFor(Duration.ofSeconds(1));
        broker.start();

        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> receiving.numbered().size() >= 1000 && broker.waiting(QUEUE) == 0);
        assertThat(receiving.numbered())
                .as(receiving.engine().err())
                .hasSize(1000)
                .doesNotHaveDuplicates();
        assertThat(receiving.engine().err()).contains("trying again").doesNotContain("\tat ", ArtemisBroker.PASSWORD);
    }

    @Test
    void aBrokerThatIsDownAtTheStartAndAWrongPasswordAreToldAndNoPasswordIs(@TempDir Path other) throws Exception {
        try (ArtemisBroker late = ArtemisBroker.in(other.resolve("broker"));
                ReceivingEngine waiting = ReceivingEngine.in(other);
                ReceivingEngine wrong = ReceivingEngine.in(other.resolve("wrong"))) {
            waiting.start(late.settings("-Dnotebook.jms.queue=" + QUEUE, "watch"));
            wrong.start(
                    "-Dnotebook.jms.broker=" + late.url(),
                    "-Dnotebook.jms.username=engine",
                    "-Dnotebook.jms.password=gue55ed",
                    "-Dnotebook.jms.queue=" + QUEUE,
                    "watch");
            await().atMost(LIMIT).until(() -> waiting.engine().err().contains("trying again"));
            // Two more tries.
            waiting.engine().goOnFor(Duration.ofSeconds(11));
            assertThat(waiting.engine().err().lines()).hasSizeLessThan(6);
            late.start();
            late.send(QUEUE, text(waiting.config("late")));

            await().atMost(LIMIT).until(() -> waiting.stored("late").size() == 1);
            await().atMost(LIMIT).until(() -> wrong.engine().err().contains("Unable to validate user"));
            assertThat(waiting.engine().err() + wrong.engine().err())
                    .doesNotContain("\tat ", "gue55ed", ArtemisBroker.PASSWORD);
        }
    }

    @Test
    void theConnectionIsSecretAndItsPasswordsAreInAFileOfTheirOwn(@TempDir Path other) throws Exception {
        Path store = other.resolve("store.p12");
        String password = "st0re-passw0rd";
        KeyStores.write(store, password);
        String client = "?sslEnabled=true&trustStorePath=" + store + "&trustStorePassword=";
        String acceptor = "?sslEnabled=true&keyStorePath=" + store + "&keyStorePassword=" + password;
        try (ArtemisBroker secret = ArtemisBroker.in(other.resolve("broker"), acceptor, client + password)
                        .start();
                ReceivingEngine right = ReceivingEngine.in(other.resolve("right"));
                ReceivingEngine wrong = ReceivingEngine.in(other.resolve("wrong"))) {
            String[] arguments = {
                "-Dnotebook.secrets=secrets.properties",
                "-Dnotebook.jms.broker=" + secret.url() + client + "{{store.password}}",
                "-Dnotebook.jms.username=" + ArtemisBroker.USER,
                "-Dnotebook.jms.queue=" + QUEUE,
                "watch"
            };
            String passwords = "notebook.jms.password = " + ArtemisBroker.PASSWORD + "\nstore.password = ";
            Files.writeString(right.directory().resolve("secrets.properties"), passwords + password + "\n");
            Files.writeString(wrong.directory().resolve("secrets.properties"), passwords + "gue55ed\n");
            right.start(arguments);
            wrong.start(arguments);
            secret.send(QUEUE, text(right.config("tls")));

            right.awaitStored("tls", 1);
            await().atMost(LIMIT).until(() -> wrong.engine().err().contains("cannot be used"));
            assertThat(wrong.engine().err()).contains("keystore password was incorrect");
            assertThat(right.engine().err() + wrong.engine().err())
                    .doesNotContain("\tat ", "gue55ed", password, ArtemisBroker.PASSWORD);
        }
    }
}
