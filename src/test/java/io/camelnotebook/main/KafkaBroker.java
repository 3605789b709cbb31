package io.camelnotebook.main;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A real Kafka, broker and controller in one, on free ports of 127.0.0.1. It lets one user in, and keeps its log. */
final class KafkaBroker implements AutoCloseable {

    static final String PASSWORD = "kafka-c0rrect-h0rse";

    private final Properties settings = new Properties();
    private final Map<String, Object> encryption;
    private final String protocol;
    private final int port;
    private String accepted = PASSWORD;
    private String address;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path folder, int port, int controller, Map<String, Object> encryption) throws IOException {
        this.encryption = encryption;
        protocol = encryption.isEmpty() ? "SASL_PLAINTEXT" : "SASL_SSL";
        this.port = port;
        address = "127.0.0.1:" + port;
        Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                        Map.entry("listeners", protocol + "://" + address + ",CONTROLLER://127.0.0.1:" + controller),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("inter.broker.listener.name", protocol),
                        Map.entry(
                                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT," + protocol + ":" + protocol),
                        Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                        Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                        Map.entry("log.dirs", folder.resolve("log").toString()),
                        Map.entry("message.max.bytes", "16777216"),
                        Map.entry("num.partitions", "1"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        // One that starts again waits until the one before it counts as gone.
                        Map.entry("broker.session.timeout.ms", "4000"),
                        Map.entry("broker.heartbeat.interval.ms", "1000"),
                        Map.entry("controlled.shutdown.enable", "false"))
                .forEach(settings::setProperty);
        encryption.forEach(settings::put);
        Files.createDirectories(folder);
        Path file = folder.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(OutputStream.nullOutputStream()));
    }

    static KafkaBroker in(Path folder) throws IOException {
        return in(folder, Map.of());
    }

    /** One that speaks TLS, with a key store of {@link KeyStores}. */
    static KafkaBroker in(Path folder, Path store, String password) throws IOException {
        return in(
                folder,
                Map.of(
                        "ssl.keystore.location", store.toString(),
                        "ssl.keystore.password", password,
                        "ssl.key.password", password,
                        "ssl.truststore.location", store.toString(),
                        "ssl.truststore.password", password));
    }

    private static KafkaBroker in(Path folder, Map<String, Object> encryption) throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new KafkaBroker(folder, first.getLocalPort(), second.getLocalPort(), encryption);
        }
    }

    int port() {
        return port;
    }

    /** Lets clients come through another port, even after they have asked where it is. Before the start. */
    KafkaBroker through(Link link) {
        address = "127.0.0.1:" + link.port();
        settings.setProperty("advertised.listeners", protocol + "://" + address);
        return this;
    }

    /** Lets its user in with another password. Before the start. */
    KafkaBroker accepting(String password) {
        accepted = password;
        return this;
    }

    KafkaBroker start() {
        settings.setProperty(
                "listener.name." + protocol.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
                jaas(PASSWORD).replace(";", " user_engine=\"" + accepted + "\";"));
        server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return this;
    }

    static String jaas(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"engine\" password=\""
                + password + "\";";
    }

    /** What an engine needs to find it; the password is where the JAAS text says. */
    String[] settings(String password, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "-Dnotebook.kafka.brokers=" + address,
                "-Dcamel.component.kafka.security-protocol=SASL_PLAINTEXT",
                "-Dcamel.component.kafka.sasl-mechanism=PLAIN",
                // How long the topic stays with an engine that was killed.
                "-Dcamel.component.kafka.session-timeout-ms=6000",
                "-Dcamel.component.kafka.sasl-jaas-config=" + jaas(password)));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    String address() {
        return address;
    }

    private Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(encryption);
        client.put("bootstrap.servers", address);
        client.put("security.protocol", protocol);
        client.put("sasl.mechanism", "PLAIN");
        client.put("sasl.jaas.config", jaas(PASSWORD));
        client.put("max.request.size", 16777216);
        return client;
    }

    /** Sets how large the records of a topic may be. */
    void limit(String topic, int bytes) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(client())) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
            }
            admin.incrementalAlterConfigs(Map.of(resource, List.of(limit)))
                    .all()
                    .get();
        }
    }

    /** Sends records, in their order. */
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that is in a topic. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(Duration.ofSeconds(2)).forEach(records::add);
            return records;
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }
}
