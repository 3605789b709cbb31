package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.activation.DataSource;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.mail.MailComponent;
import org.eclipse.angus.activation.MailcapRegistryProviderImpl;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails is told of by mail, through a real SMTP server, by the engine as it is started by hand. */
class FailureMailIT {

    private static final String PASSWORD = "ma1l-passw0rd&x";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final Path secret;
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Link link;

    FailureMailIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        secret = Files.writeString(directory.resolve("secret"), PASSWORD + "\n");
    }

    @BeforeEach
    void start() throws Exception {
        server.setUser("ann@example.org", "engine", PASSWORD);
        server.start();
        link = new Link(server.getSmtp().getPort());
        Path ext = Files.createDirectories(directory.resolve("ext"));
        for (Class<?> one : List.of(
                MailComponent.class,
                AttachmentMessage.class,
                SMTPTransport.class,
                MimeMessage.class,
                MailcapRegistryProviderImpl.class,
                DataSource.class)) {
            link(ext, one);
        }
        Notebooks.writeFakeKernelSpec(directory);
        Notebooks.write(directory.resolve("good.ipynb"), "fine");
        Notebooks.write(directory.resolve("bad.ipynb"), "error ValueError rows");
    }

    private static void link(Path ext, Class<?> one) throws IOException, URISyntaxException {
        Path jar =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.notExists(ext.resolve(jar.getFileName()))) {
            Files.createSymbolicLink(ext.resolve(jar.getFileName()), jar);
        }
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        server.stop();
    }

    private Engine engine(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Dnotebook.on-failure=mail",
                "-Dnotebook.destination.mail=smtp:127.0.0.1:" + link.port()
                        + "?from=engine@example.org&to=ann@example.org&connectionTimeout=1000",
                "-Dnotebook.destination.mail.username=engine",
                "-Dnotebook.destination.mail.password={{file:" + secret + "}}"));
        all.addAll(List.of(arguments));
        return Engine.start(directory, all.toArray(String[]::new));
    }

    private void config(String name, String notebook) throws IOException {
        Files.createDirectories(directory.resolve("configs"));
        Files.writeString(
                directory.resolve(name),
                "{defaults: {kernel: fake}, jobs: {a: {notebook: '" + directory.resolve(notebook) + "', retries: 0}}}");
    }

    private static Path only(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().next();
        }
    }

    @Test
    void aRunThatFailsIsToldOfInWordsAndOneThatDoesNotIsNot() throws Exception {
        config("good.yaml", "good.ipynb");
        config("bad.yaml", "bad.ipynb");
        try (Engine engine = engine("run", "good.yaml", "bad.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);

            assertThat(server.waitForIncomingEmail(LIMIT.toMillis(), 1))
                    .as(engine.err())
                    .isTrue();
            assertThat(server.getReceivedMessages()).hasSize(1);
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).isEqualTo("Run of bad failed");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ann@example.org");
            assertThat(mail.getHeader("ce_id")[0]).endsWith("/failed");
            assertThat(GreenMailUtil.getBody(mail))
                    .contains(
                            " of bad failed: of 1 jobs 1 failed.",
                            "job 'a' failed in cell 1: ValueError: rows",
                            "Config: ",
                            "bad.yaml");
            assertThat(Written.in(directory)).contains("bad.yaml").doesNotContain(PASSWORD);
        }
    }

    @Test
    void aServerThatIsDownAndThenSlowGetsItOnceItIsBack() throws Exception {
        link.cut();
        Files.createDirectories(directory.resolve("configs"));
        try (Engine engine = engine("-Dnotebook.publish.delay=100", "-Dnotebook.publish.retries=9", "watch")) {
            config("configs/bad.yaml", "bad.ipynb");
            await().atMost(LIMIT).until(engine::err, err -> err.contains("trying again, 2 of 9"));
            assertThat(engine.err()).contains("Not delivered: ", " to mail: ", "Connection refused");
            link.stall();
            link.mend();
            await().atMost(LIMIT).until(engine::err, err -> err.contains("timed out"));
            assertThat(server.getReceivedMessages()).isEmpty();
            link.flow();

            assertThat(server.waitForIncomingEmail(LIMIT.toMillis(), 1))
                    .as(engine.err())
                    .isTrue();
            assertThat(Written.in(directory)).doesNotContain(PASSWORD, "\tat ");
        }
    }

    @Test
    void enginesThatAreStoppedAndKilledWhileTheServerIsDownTellOfItOnceWhenOneGoesOn() throws Exception {
        link.cut();
        config("configs/bad.yaml", "bad.ipynb");
        for (String signal : List.of("TERM", "KILL")) {
            try (Engine engine = engine("-Dnotebook.publish.delay=100", "-Dnotebook.publish.retries=99", "watch")) {
                await().atMost(LIMIT).until(engine::err, err -> err.contains("trying again, 2 of 99"));
                engine.signal(signal);
                engine.exitStatus();
            }
        }
        link.mend();
        try (Engine engine = engine("watch")) {
            assertThat(server.waitForIncomingEmail(LIMIT.toMillis(), 1))
                    .as(engine.err())
                    .isTrue();
            await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("configs/.failed")));
        }
        try (Engine engine = engine("publish", "--retry")) {
            assertThat(engine.exitStatus()).isEqualTo(2);
            assertThat(engine.err()).contains("is not at configs/bad.yaml any more; name it with --config");
        }
        Path failed = only(directory.resolve("configs/.failed"), "*.yaml");
        try (Engine engine = engine("publish", "--retry", "--config", failed.toString())) {
            assertThat(engine.exitStatus()).as(engine.err()).isZero();
            assertThat(engine.err()).contains("everything is delivered");
        }
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getHeader("ce_id")[0]).endsWith("/1/failed");
    }

    @Test
    void whatAWrongPasswordKeptBackIsSentAgainAndANewFailureIsToldAnew() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        config("bad.yaml", "bad.ipynb");
        try (Engine engine = engine("-Dnotebook.publish.delay=50", "-Dnotebook.publish.retries=1", "run", "bad.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
            assertThat(engine.err())
                    .contains(
                            "Not delivered: the failure of run ",
                            " to mail: ",
                            "Authentication",
                            "; trying again, 1 of 1")
                    .containsPattern("undelivered +the failure of run .* to mail: ")
                    .doesNotContain("\tat ");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(Written.in(directory)).contains("bad.yaml").doesNotContain("wr0ng-one");

        Files.writeString(secret, PASSWORD);
        for (List<String> again : List.of(
                List.of("publish", "--retry"), List.of("publish", "--retry"), List.of("run", "--failed", "latest"))) {
            try (Engine engine = engine(again.toArray(String[]::new))) {
                assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(again.contains("--failed") ? 1 : 0);
            }
        }
        assertThat(server.getReceivedMessages())
                .extracting(mail -> mail.getHeader("ce_id")[0].replaceFirst("^[^/]+", "RUN"))
                .containsExactly("RUN/1/failed", "RUN/2/failed");
        assertThat(Written.in(directory)).doesNotContain(PASSWORD);
    }

    @Test
    void aNameThatIsNotThereIsRefused() throws Exception {
        config("bad.yaml", "bad.ipynb");
        try (Engine unknown = engine("-Dnotebook.on-failure=male", "run", "bad.yaml")) {
            assertThat(unknown.exitStatus()).isEqualTo(2);
            assertThat(unknown.err())
                    .contains(
                            "the setting notebook.on-failure is 'male': there is no destination 'male'; there are: mail");
        }
    }
}
