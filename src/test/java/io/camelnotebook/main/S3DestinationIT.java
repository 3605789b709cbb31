package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results as objects of a real S3 server that checks signatures, on good days and bad ones. */
class S3DestinationIT {

    /** As Amazon's are. */
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private final Path server;
    private final Path engine;
    private final Path secret;

    S3DestinationIT(@TempDir Path folder) throws IOException {
        server = Files.createDirectories(folder.resolve("server"));
        engine = Files.createDirectories(folder.resolve("engine"));
        secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    }

    private Publishing publishing(S3Server s3, String retries) throws Exception {
        return publishing(s3.uri(), retries);
    }

    private Publishing publishing(String uri, String retries) throws Exception {
        return new Publishing(
                engine,
                Map.of(
                        "there",
                        uri + "&prefix=churn/",
                        "there.accessKey",
                        S3Server.KEY,
                        "there.secretKey",
                        "{{file:" + secret + "}}",
                        "notebook.publish.retries",
                        retries));
    }

    @Test
    void notebookAndRecordBecomeObjectsThatASecondDeliveryReplaces() throws Exception {
        try (S3Server s3 = new S3Server(server, SECRET).start();
                Publishing publishing = publishing(s3, "0")) {
            RunSummary summary = publishing.published(2);
            publishing.deliverAgain();

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(s3.names())
                    .containsExactly("churn/n_l0.ipynb", "churn/n_l0.json", "churn/n_l1.ipynb", "churn/n_l1.json");
            assertThat(s3.content("churn/n_l1.ipynb")).isEqualTo("{\"executed\": \"l1\"}");
            assertThat(publishing.everything(summary)).contains("there").doesNotContain(SECRET, S3Server.KEY);
        }
    }

    @Test
    void aServerThatIsDownAtTheStartAndGoesAwayInMidRunLosesNothing() throws Exception {
        try (S3Server s3 = new S3Server(server, SECRET);
                Publishing publishing = publishing(s3, "7")) {
            CompletableFuture<RunSummary> first = publishing.publish(1);
            // The client has tries of its own, and takes long to load.
            await().atMost(60, TimeUnit.SECONDS).until(publishing::log, log -> log.contains("trying again, 1 of 7"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.ipynb to there: ", "Connection refused");
            s3.start();
            assertThat(first.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();

            s3.close();
            CompletableFuture<RunSummary> second = publishing.publish(2);
            await().atMost(60, TimeUnit.SECONDS).until(publishing::log, log -> log.contains("n_l1.ipynb to there"));
            s3.start();

            assertThat(second.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(s3.names()).hasSize(4);
            assertThat(publishing.log()).doesNotContain(SECRET);
        }
    }

    @Test
    void aBucketThatIsFullAndAServerThatIsTooBusyGetEverythingOnce() throws Exception {
        AtomicInteger status = new AtomicInteger(403);
        try (S3Server s3 = new S3Server(server, SECRET);
                Publishing publishing = publishing(s3, "9")) {
            HttpServer full = HttpServer.create(new InetSocketAddress("127.0.0.1", s3.port()), 0);
            full.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                byte[] why = ("<Error><Code>" + (status.get() == 403 ? "QuotaExceeded" : "SlowDown")
                                + "</Code><Message>not now</Message></Error>")
                        .getBytes(UTF_8);
                exchange.sendResponseHeaders(status.get(), why.length);
                exchange.getResponseBody().write(why);
                exchange.close();
            });
            full.start();
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().atMost(60, TimeUnit.SECONDS).until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log())
                    .contains("WARN Not delivered: n_l0.ipynb to there: not now (Service: S3, Status Code: 403");
            status.set(503);
            await().atMost(60, TimeUnit.SECONDS).until(publishing::log, log -> log.contains("Status Code: 503"));
            full.stop(0);
            s3.start();

            assertThat(run.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(s3.names()).containsExactly("churn/n_l0.ipynb", "churn/n_l0.json");
        }
    }

    @Test
    void aServerThatTricklesGetsEverythingAtTheFirstTry() throws Exception {
        try (S3Server s3 = new S3Server(server, SECRET).start();
                Link link = new Link(s3.port());
                Publishing publishing = publishing(s3.uri(link.port()), "0")) {
            link.trickle(16);

            assertThat(publishing.published(2).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(s3.names()).hasSize(4);
        }
    }

    @Test
    void aWrongSecretIsToldWithoutIt() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        try (S3Server s3 = new S3Server(server, SECRET).start();
                Publishing publishing = publishing(s3, "1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(2);
            assertThat(summary.problems().get(0))
                    .contains("n_l0.ipynb was not delivered to there: ", "signature", "Status Code: 403");
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one");
        }
    }
}
