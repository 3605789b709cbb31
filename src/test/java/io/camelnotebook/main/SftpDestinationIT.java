package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results at a real SFTP server, on good days and bad ones. */
class SftpDestinationIT {

    /** With all that a URI would have to escape. */
    private static final String PASSWORD = "s3c&re)t=%25+x#y";

    private final Path server;
    private final Path engine;
    private final Path secret;

    SftpDestinationIT(@TempDir Path folder) throws IOException {
        server = Files.createDirectories(folder.resolve("server"));
        engine = Files.createDirectories(folder.resolve("engine"));
        secret = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    }

    private Publishing publishing(SftpServer sftp) throws Exception {
        return publishing(sftp.uri());
    }

    private Publishing publishing(String uri) throws Exception {
        return new Publishing(engine, Map.of("there", uri, "there.password", "{{file:" + secret + "}}"));
    }

    private static List<String> names(SftpServer sftp) throws IOException {
        try (Stream<Path> files = Files.list(sftp.folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void notebookAndRecordArriveAndThePasswordIsNowhere() throws Exception {
        try (SftpServer sftp = new SftpServer(server, PASSWORD).start();
                Publishing publishing = publishing(sftp)) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(names(sftp)).containsExactly("n_l0.ipynb", "n_l0.json", "n_l1.ipynb", "n_l1.json");
            assertThat(Files.readString(sftp.folder().resolve("n_l1.ipynb"))).isEqualTo("{\"executed\": \"l1\"}");
            assertThat(publishing.everything(summary)).contains("there").doesNotContain(PASSWORD, "s3c&re", "s3c%26re");
        }
    }

    @Test
    void whileTheServerIsDownItIsTriedAgainUntilItIsBack() throws Exception {
        try (SftpServer sftp = new SftpServer(server, PASSWORD);
                Publishing publishing = publishing(sftp)) {
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 7"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.ipynb to there: ", "Connection refused");
            sftp.start();

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered()).isZero();
            assertThat(names(sftp)).containsExactly("n_l0.ipynb", "n_l0.json");
        }
    }

    @Test
    void aServerThatGoesAwayInMidRunLosesNothing() throws Exception {
        try (SftpServer sftp = new SftpServer(server, PASSWORD).start();
                Publishing publishing = publishing(sftp)) {
            publishing.published(1);
            sftp.close();
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("trying again, 1 of 7"));
            sftp.start();

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(names(sftp)).containsExactly("n_l0.ipynb", "n_l0.json", "n_l1.ipynb", "n_l1.json");
        }
    }

    @Test
    void aServerWhoseDiskIsFullGetsEverythingOnceThereIsRoom() throws Exception {
        try (SftpServer sftp = new SftpServer(server, PASSWORD).start();
                Publishing publishing = publishing(sftp)) {
            sftp.setFull(true);
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 7"));
            // The protocol has no words for the reason.
            assertThat(publishing.log())
                    .contains("WARN Not delivered: n_l0.ipynb to there: Cannot store file: in/n_l0.ipynb");
            sftp.setFull(false);

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(names(sftp)).containsExactly("n_l0.ipynb", "n_l0.json");
        }
    }

    @Test
    void aServerThatIsTooSlowIsTriedAgain() throws Exception {
        try (SftpServer sftp = new SftpServer(server, PASSWORD).start();
                Link link = new Link(sftp.port());
                Publishing publishing = publishing(sftp.uri(link.port()))) {
            publishing.published(1);
            link.stall();
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().atMost(30, TimeUnit.SECONDS).until(publishing::log, log -> log.contains("n_l1.ipynb to there"));
            link.flow();

            assertThat(run.get(40, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(names(sftp)).containsExactly("n_l0.ipynb", "n_l0.json", "n_l1.ipynb", "n_l1.json");
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        try (SftpServer sftp = new SftpServer(server, PASSWORD).start();
                Publishing publishing = new Publishing(
                        engine,
                        Map.of(
                                "there",
                                sftp.uri(),
                                "there.password",
                                "{{file:" + secret + "}}",
                                "notebook.publish.retries",
                                "1"))) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(2);
            assertThat(summary.problems().get(0))
                    .contains("n_l0.ipynb was not delivered to there: ", "ann@127.0.0.1", "Auth fail");
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one");
        }
    }
}
