package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came as messages is run with real kernels, and known by its sender's id until the end. */
class ReceivedRunsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** By HTTP it names its destination, by others it says where that is. */
    private static String config(String entrance) {
        String destination = entrance.equals("http") ? "ended" : "jms:queue:ended";
        return "publish: ['" + destination + "']\njobs: {a: {notebook: note.ipynb, label: " + entrance
                + ", parameters: {word: " + entrance + "}}}";
    }

    @Test
    void theSendersIdOutlivesAKilledEngineAndReachesRecordLedgerAndDestination(@TempDir Path directory)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ArtemisBroker broker =
                        ArtemisBroker.in(directory.resolve("broker")).start();
                KafkaBroker kafka = KafkaBroker.in(directory.resolve("kafka")).start();
                ReceivingEngine receiving = ReceivingEngine.in(directory)) {
            KafkaEntranceIT.addKafka(directory);
            receiving.start(kafka.settings(
                    KafkaBroker.PASSWORD,
                    broker.settings(
                            "-Dnotebook.jms.queue=in",
                            "-Dnotebook.kafka.topic=in",
                            "-Dnotebook.received.schemes=jms",
                            "-Dnotebook.received.kernels=python3",
                            "-Dnotebook.destination.ended=jms:queue:ended",
                            "-Dnotebook.destination.other=jms:queue:other",
                            "-Dnotebook.received.destinations=ended",
                            "watch",
                            "--port",
                            "" + port)));
            kafka.send(List.of(KafkaEntranceIT.record("in", config("kafka"), "correlation-id", "of kafka")));
            broker.send(
                    "in",
                    context -> ArtemisBroker.quietly(() -> {
                        TextMessage message = context.createTextMessage(config("jms"));
                        message.setJMSCorrelationID("of jms");
                        return message;
                    }));
            await().atMost(LIMIT).ignoreExceptions().until(() -> post(port, config("http")) == 202);
            assertThat(post(port, config("http").replace("label", "kernel: other, label")))
                    .isEqualTo(400);
            assertThat(post(port, config("jms").replace("jms:", "file:"))).isEqualTo(400);
            assertThat(post(port, config("http").replace("ended", "other"))).isEqualTo(400);
            assertThat(receiving.engine().err())
                    .contains("may not publish to 'other'", "add it to notebook.received.destinations");
            await().atMost(LIMIT).until(() -> files(directory.resolve("configs")) == 3);
            receiving.engine().signal("KILL");

            try (Engine running = Engine.start(
                    directory,
                    broker.settings(
                            "-Dnotebook.received.schemes=jms",
                            "-Dnotebook.destination.ended=jms:queue:ended",
                            "-Dnotebook.received.destinations=ended",
                            "watch"))) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(files(directory.resolve("configs/.done")))
                                .as(running.err())
                                .isEqualTo(3));
            }
            for (String entrance : List.of("kafka", "jms", "http")) {
                Path record = directory.resolve("outputs/note/" + entrance + "/note_" + entrance + ".json");
                JsonNode event = Notebooks.json(record);
                assertThat(event.path("correlationid").asText()).isEqualTo("of " + entrance);
                String run = event.at("/data/run").asText();
                try (Engine show = Engine.run(directory, "show", run)) {
                    assertThat(show.out()).contains("correlation id of " + entrance);
                }
            }
            assertThat(List.of(ended(broker), ended(broker), ended(broker)))
                    .containsExactlyInAnyOrder("of kafka", "of jms", "of http");
            assertThat(files(directory.resolve("configs/.received"))).isZero();
            assertThat(Written.in(directory))
                    .contains("of kafka")
                    .doesNotContain(ArtemisBroker.PASSWORD, KafkaBroker.PASSWORD);
        }
    }

    private static String ended(ArtemisBroker broker) {
        return broker.receive("ended", message -> ArtemisBroker.quietly(message::getJMSCorrelationID));
    }

    private static int post(int port, String config) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/configs"))
                .header("Content-Type", "application/yaml")
                .header("X-Correlation-ID", "of http")
                .header("Idempotency-Key", Integer.toHexString(config.hashCode()))
                .POST(HttpRequest.BodyPublishers.ofString(config))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static long files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
