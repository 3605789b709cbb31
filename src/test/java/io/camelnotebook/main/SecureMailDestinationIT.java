package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as mail, through a real SMTP server by TLS, whose certificate nobody has signed. */
class SecureMailDestinationIT {

    private static final String PASSWORD = "ma1l-passw0rd&x";
    private static final String STORE_PASSWORD = "st0re-passw0rd";

    private final Path folder;
    private final Path store;
    private GreenMail server;

    SecureMailDestinationIT(@TempDir Path folder) throws Exception {
        this.folder = Files.createDirectories(folder.resolve("engine"));
        store = KeyStores.write(folder.resolve("store.p12"), STORE_PASSWORD);
    }

    @BeforeEach
    void start() {
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, store.toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, STORE_PASSWORD);
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.setUser("ann@example.org", "engine", PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY);
        System.clearProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY);
    }

    @Test
    void aServerGetsMailOnlyIfItIsTrusted() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "there",
                "smtps:127.0.0.1:" + server.getSmtps().getPort() + "?to=ann@example.org",
                "there.username",
                "engine",
                "there.password",
                PASSWORD,
                "notebook.publish.retries",
                "0"));
        try (Publishing distrustful = new Publishing(folder, settings)) {
            assertThat(distrustful.published(1).problems().get(0)).contains("unable to find valid certification path");
        }
        assertThat(server.getReceivedMessages()).isEmpty();

        settings.put("there.trustStore", store.toString());
        settings.put("there.trustStorePassword", STORE_PASSWORD);
        try (Publishing publishing = new Publishing(folder, settings)) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(GreenMailUtil.getBody(server.getReceivedMessages()[0])).contains(summary.id() + "/a[l0]/1");
            assertThat(publishing.everything(summary)).doesNotContain(PASSWORD, STORE_PASSWORD);
        }
    }
}
