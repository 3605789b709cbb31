package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configs that come on a topic of a real Kafka, with what the distribution lacks in ext/. */
class KafkaEntranceIT {

    private static final String TOPIC = "notebook.configs";
    private static final String REFUSED = "notebook.refused";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static KafkaBroker broker;
    private static ReceivingEngine receiving;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = KafkaBroker.in(directory.resolve("kafka")).start();
        receiving = ReceivingEngine.in(directory);
        addKafka(directory);
        // The password is in a file of its own, and the settings only name it.
        Files.writeString(directory.resolve("secrets.properties"), "kafka.password = " + KafkaBroker.PASSWORD + "\n");
        watch();
    }

    @AfterAll
    static void stop() {
        receiving.close();
        broker.close();
    }

    /** Puts into ext/ what an engine needs for Kafka. */
    static void addKafka(Path directory) throws IOException, URISyntaxException {
        Path ext = Files.createDirectories(directory.resolve("ext"));
        for (Class<?> one : List.of(KafkaComponent.class, DefaultHealthCheckRegistry.class, KafkaConsumer.class)) {
            Path jar = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            Files.createSymbolicLink(ext.resolve(jar.getFileName()), jar);
        }
    }

    private static void watch() throws IOException {
        receiving.start(broker.settings(
                "{{kafka.password}}",
                "-Dnotebook.secrets=secrets.properties",
                "-Dnotebook.kafka.topic=" + TOPIC,
                "watch"));
    }

    static ProducerRecord<byte[], byte[]> record(String topic, String value, String... headers) {
        return record(topic, value.getBytes(UTF_8), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(byte @Nullable [] value, String... headers) {
        return record(TOPIC, value, headers);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, byte @Nullable [] value, String... headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        }
        return record;
    }

    private static ProducerRecord<byte[], byte[]> config(String value, String... headers) {
        return record(value.getBytes(UTF_8), headers);
    }

    @Test
    void aRecordIsStoredAndWhatCanNeverBeRunGoesToTheTopicOfTheRefusedWithTheReason() throws Exception {
        broker.send(List.of(
                config(receiving.config("good"), "name", "churn", "correlation-id", "order 7"),
                record((byte[]) null),
                config(""),
                config("jobs: {a: {notebok: n.ipynb}}"),
                record(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5}),
                config(receiving.config("x"), "name", "../../x"),
                config("#".repeat(11 * 1024 * 1024)),
                config(receiving.config("x"), "correlation-id", "order\u0000\u001b[31m\n7"),
                config(receiving.config("large") + "\n#" + "x".repeat(2 * 1024 * 1024)),
                config(
                        receiving.config("hostile"),
                        "camelFileName",
                        "../../x",
                        "CAMELNotebookPath",
                        "/etc/passwd",
                        "CamelFileName",
                        "../../x",
                        "kafka.OFFSET",
                        "0",
                        "KAFKA.offset",
                        "0",
                        "CamelKafkaManualCommit",
                        "x")));

        receiving.awaitStored("hostile", 1);
        assertThat(receiving.stored("good")).singleElement().asString().startsWith("churn~kafka-");
        assertThat(receiving
                        .configs()
                        .resolve(".received/" + receiving.stored("good").get(0) + ".txt"))
                .hasContent("order 7");
        assertThat(receiving.stored("large")).hasSize(1);
        assertThat(receiving.stored("x")).isEmpty();
        assertThat(receiving.directory().resolve("../x").normalize()).doesNotExist();
        List<ConsumerRecord<byte[], byte[]>> refused = new ArrayList<>();
        await().atMost(LIMIT).until(() -> {
            refused.clear();
            return refused.addAll(broker.records(REFUSED)) && refused.size() == 7;
        });
        assertThat(refused)
                .extracting(record ->
                        new String(record.headers().lastHeader("reason").value(), UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("is empty"),
                        reason -> assertThat(reason).contains("is empty"),
                        reason -> assertThat(reason).contains("did you mean 'notebook'?"),
                        reason -> assertThat(reason).contains("UTF-8"),
                        reason -> assertThat(reason).contains("cannot name a pipeline"),
                        reason -> assertThat(reason).contains("more than the limit"),
                        reason -> assertThat(reason).contains("has control characters; send another one, or none"));
        assertThat(new String(refused.get(2).value(), UTF_8)).isEqualTo("jobs: {a: {notebok: n.ipynb}}");
        assertThat(refused.get(5).value()).isNull();
        assertThat(new String(refused.get(5).headers().lastHeader("origin").value(), UTF_8))
                .startsWith(TOPIC + "/0/");
        assertThat(receiving.engine().err())
                .contains("Refused a message from kafka: ")
                .doesNotContain("\tat ");
    }

    @Test
    void whileTheDiskIsFullARecordWaitsAndIsStoredOnceThereIsRoom() throws Exception {
        broker.send(List.of(config(receiving.config("before"))));
        receiving.awaitStored("before", 1);
        receiving.fillDisk();
        try {
            broker.send(List.of(config(receiving.largeConfig("full")), config(receiving.config("after"))));
            await().atMost(LIMIT).until(receiving.engine()::err, err -> err.contains("is tried again"));
            assertThat(receiving.engine().err())
                    .contains("A message from kafka cannot be dealt with now: ", "File too large");
            // It is before the one that there would be room for.
            assertThat(receiving.stored("full")).isEmpty();
            assertThat(receiving.stored("after")).isEmpty();
        } finally {
            receiving.engine().unlimitFiles();
        }

        receiving.awaitStored("full", 1);
        receiving.awaitStored("after", 1);
    }

    @Test
    void aThousandAreStoredOnceAlthoughTheBrokerGoesAwayAndTheEngineIsKilledMeanwhile() throws Exception {
        broker.send(IntStream.range(0, 1000)
                .mapToObj(i -> config(receiving.config("m" + i)))
                .toList());
        await().atMost(LIMIT).until(() -> receiving.numbered().size() > 100);
        receiving.engine().signal("KILL");
        broker.close();
        watch();
        await().atMost(LIMIT).until(() -> receiving.engine().err().contains("could not be established"));
        broker.start();

        // Each is forced to the disk before the next is taken, which may be slow.
        await().atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> receiving.numbered().size() >= 1000);
        assertThat(receiving.numbered())
                .as(receiving.engine().err())
                .hasSize(1000)
                .doesNotHaveDuplicates();
        assertThat(receiving.engine().err()).doesNotContain("\tat ", KafkaBroker.PASSWORD);
    }

    @Test
    void aBrokerThatIsSlowAndForgetsTheEngineMeanwhileGetsRidOfEveryRecordOnce(@TempDir Path other) throws Exception {
        addKafka(other);
        KafkaBroker made = KafkaBroker.in(other.resolve("kafka"));
        try (Link link = new Link(made.port());
                KafkaBroker slow = made.through(link).start();
                ReceivingEngine engine = ReceivingEngine.in(other)) {
            slow.send(IntStream.range(0, 100)
                    .mapToObj(i -> config(engine.config("m" + i)))
                    .toList());
            engine.start(slow.settings(KafkaBroker.PASSWORD, "-Dnotebook.kafka.topic=" + TOPIC, "watch"));
            await().atMost(LIMIT).until(() -> engine.numbered().size() > 5);
            link.stall();
            await().atMost(LIMIT).until(engine.engine()::err, err -> err.contains("cannot be dealt with now"));
            // Longer than an engine may be silent.
            engine.engine().goOnFor(Duration.ofSeconds(8));
            link.flow();

            await().atMost(LIMIT).until(() -> engine.numbered().size() >= 100);
            assertThat(engine.numbered()).hasSize(100).doesNotHaveDuplicates();
            assertThat(Written.in(other)).doesNotContain(KafkaBroker.PASSWORD);
        }
    }

    @Test
    void aBrokerThatIsDownAtTheStartAndGoesAwayInMidRunIsToldOnceAndEveryRecordIsStoredOnce(@TempDir Path other)
            throws Exception {
        addKafka(other);
        try (KafkaBroker late = KafkaBroker.in(other.resolve("kafka"));
                ReceivingEngine engine = ReceivingEngine.in(other)) {
            engine.start(late.settings(KafkaBroker.PASSWORD, "-Dnotebook.kafka.topic=" + TOPIC, "watch"));
            await().atMost(LIMIT).until(engine.engine()::err, err -> err.contains("could not be established"));
            // The client tries every second.
            engine.engine().goOnFor(Duration.ofSeconds(5));
            assertThat(engine.engine().err().lines().filter(line -> line.contains("could not be established")))
                    .hasSize(1);

            late.start();
            late.send(IntStream.range(0, 300)
                    .mapToObj(i -> config(engine.config("m" + i)))
                    .toList());
            await().atMost(LIMIT).until(() -> engine.numbered().size() > 5);
            late.close();
            assertThat(engine.numbered()).hasSizeLessThan(300);
            // One is stored, and cannot be acknowledged now.
            await().atMost(LIMIT).until(engine.engine()::err, err -> err.contains("committing offsets"));
            late.start();

            await().atMost(LIMIT).until(() -> engine.numbered().size() >= 300);
            assertThat(engine.numbered()).hasSize(300).doesNotHaveDuplicates();
            assertThat(engine.engine().err().lines())
                    .as(engine.engine().err())
                    .hasSizeLessThan(20)
                    .allSatisfy(line -> assertThat(line).doesNotContain("\tat ", "Exchange[", KafkaBroker.PASSWORD));
        }
    }

    @Test
    void aWrongPasswordIsToldAndNoPasswordIsAndWhatCameIsStoredOnceTheBrokerTakesIt(@TempDir Path other)
            throws Exception {
        addKafka(other);
        try (KafkaBroker strict = KafkaBroker.in(other.resolve("kafka")).start();
                ReceivingEngine wrong = ReceivingEngine.in(other)) {
            wrong.start(strict.settings(KafkaBroker.PASSWORD, "-Dnotebook.kafka.topic=" + TOPIC, "watch"));
            strict.send(List.of(config(wrong.config("m0"))));
            await().atMost(LIMIT).until(() -> wrong.numbered().size() == 1);
            strict.send(List.of(config(wrong.config("m1"))));
            strict.close();
            strict.accepting("an0ther").start();
            await().atMost(LIMIT).until(() -> wrong.engine().err().contains("Authentication failed"));
            strict.close();
            strict.accepting(KafkaBroker.PASSWORD).start();
            strict.send(List.of(config(wrong.config("m2"))));

            await().atMost(LIMIT).until(() -> wrong.numbered().size() >= 3);
            assertThat(wrong.numbered()).containsExactlyInAnyOrder("m0", "m1", "m2");
            assertThat(wrong.engine().err()).doesNotContain("\tat ", KafkaBroker.PASSWORD);
        }
    }

    @Test
    void whyTheClientCannotBeMadeIsToldOnceAndWithoutPasswordsAndTheEngineCanBeStopped(@TempDir Path other)
            throws Exception {
        addKafka(other);
        KeyStores.write(other.resolve("store.p12"), "st0re-passw0rd");
        try (ReceivingEngine unknown = ReceivingEngine.in(other);
                ReceivingEngine locked = ReceivingEngine.in(other)) {
            unknown.start("-Dnotebook.kafka.brokers=kafka.invalid:9092", "-Dnotebook.kafka.topic=" + TOPIC, "watch");
            locked.start(
                    "-Dnotebook.kafka.topic=" + TOPIC,
                    "-Dcamel.component.kafka.security-protocol=SSL",
                    "-Dcamel.component.kafka.ssl-truststore-location=store.p12",
                    "-Dcamel.component.kafka.ssl-truststore-password=gue55ed",
                    "watch");
            await().atMost(LIMIT).until(unknown.engine()::err, err -> err.contains("No resolvable bootstrap urls"));
            await().atMost(LIMIT).until(locked.engine()::err, err -> err.contains("keystore password was incorrect"));
            // Two more tries.
            locked.engine().goOnFor(Duration.ofSeconds(11));

            assertThat(locked.engine().err()).containsOnlyOnce("keystore password was incorrect");
            assertThat(unknown.engine().err() + locked.engine().err()).doesNotContain("\tat ", "gue55ed");
            locked.engine().signal("INT");
            assertThat(locked.engine().exitStatus(Duration.ofSeconds(15))).isEqualTo(130);
        }
    }

    @Test
    void withoutTheComponentTheOptionThatFetchesItIsNamed(@TempDir Path bare) throws Exception {
        try (ReceivingEngine without = ReceivingEngine.in(bare)) {
            without.start("-Dnotebook.kafka.topic=" + TOPIC, "watch");

            assertThat(without.engine().exitStatus()).isEqualTo(2);
            assertThat(without.engine().err())
                    .contains("notebook.kafka.topic", "into ext/", "camel-notebook watch --dep camel-kafka")
                    .doesNotContain("\tat ");
        }
    }
}
