package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records at a real HTTP server, on good days and bad ones. */
class HttpDestinationIT {

    private static final String TOKEN = "s3cret-token";

    private final Path folder;
    private final InetSocketAddress address;
    private final List<Map<String, String>> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch slow = new CountDownLatch(1);
    private volatile int stopsAt;
    private HttpServer server;

    HttpDestinationIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = server.getAddress();
        serve();
    }

    private void serve() {
        server.setExecutor(threads);
        server.createContext("/runs", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Integer status = answers.poll();
        if (status != null && status == 0) {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        received.add(Map.of(
                "body", body,
                "authorization", exchange.getRequestHeaders().getFirst("Authorization"),
                "id", exchange.getRequestHeaders().getFirst("ce-id"),
                "type", exchange.getRequestHeaders().getFirst("Content-Type")));
        if (received.size() == stopsAt) {
            threads.execute(() -> server.stop(0));
        }
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }

    private Publishing publishing(String retries) throws Exception {
        return new Publishing(
                folder,
                Map.of(
                        "there",
                        "http://127.0.0.1:" + address.getPort() + "/runs?responseTimeout=500",
                        "there.token",
                        TOKEN,
                        "notebook.publish.retries",
                        retries));
    }

    private Set<String> ids() {
        return received.stream().map(request -> request.get("id")).collect(Collectors.toSet());
    }

    @AfterEach
    void stop() {
        slow.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theRecordIsPostedAsACloudEvent() throws Exception {
        try (Publishing publishing = publishing("0")) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(received).hasSize(2).allSatisfy(request -> {
                assertThat(request.get("type")).isEqualTo("application/cloudevents+json; charset=UTF-8");
                assertThat(new ObjectMapper()
                                .readTree(request.get("body"))
                                .path("id")
                                .asText())
                        .isEqualTo(request.get("id"));
            });
            assertThat(received)
                    .extracting(request -> request.get("id"))
                    .containsExactlyInAnyOrder(summary.id() + "/a[l0]/1", summary.id() + "/a[l1]/1");
        }
    }

    @Test
    void anErrorOfTheServerIsTriedAgainUnderTheSameId() throws Exception {
        answers.addAll(List.of(500, 503));
        try (Publishing publishing = publishing("5")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isZero();
            assertThat(received)
                    .hasSize(3)
                    .extracting(request -> request.get("id"))
                    .containsOnly(received.get(0).get("id"));
            assertThat(publishing.log()).contains("Not delivered: n_l0.json to there: ", "statusCode: 500", "1 of 5");
        }
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsTriedAgain() throws Exception {
        answers.add(0);
        try (Publishing publishing = publishing("5")) {
            assertThat(publishing.published(1).undelivered()).isZero();
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void whileTheServerIsDownItIsTriedAgainUntilItIsBack() throws Exception {
        server.stop(0);
        try (Publishing publishing = publishing("7")) {
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 7"));
            assertThat(publishing.log()).contains("Connection refused");
            server = HttpServer.create(address, 0);
            serve();

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered()).isZero();
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void aServerThatGoesAwayInMidRunLosesNothing() throws Exception {
        try (Publishing publishing = publishing("9")) {
            stopsAt = 10;
            CompletableFuture<RunSummary> run = publishing.publish(50);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(ids()).hasSizeLessThan(50);
            server = HttpServer.create(address, 0);
            serve();

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(ids()).hasSize(50);
        }
    }

    @Test
    void aTokenThatIsWrongIsToldWithoutIt() throws Exception {
        answers.add(401);
        try (Publishing publishing = publishing("0")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isOne();
            assertThat(summary.problems().get(0)).contains("n_l0.json was not delivered to there: ", "statusCode: 401");
            assertThat(received.get(0)).containsEntry("authorization", "Bearer " + TOKEN);
            assertThat(publishing.everything(summary)).doesNotContain(TOKEN);
        }
    }
}
