package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        return new Publishing(
                engine,
                Map.of(
                        "there",
                        s3.uri() + "&prefix=churn/",
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
            await().until(publishing::log, log -> log.contains("trying again, 1 of 7"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.ipynb to there: ", "Connection refused");
            s3.start();
            assertThat(first.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();

            s3.close();
            CompletableFuture<RunSummary> second = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("n_l1.ipynb to there"));
            s3.start();

            assertThat(second.get(60, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(s3.names()).hasSize(4);
            assertThat(publishing.log()).doesNotContain(SECRET);
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
