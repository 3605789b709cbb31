package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records at a real HTTPS server whose certificate nobody has signed, and which wants to know who sends. */
class SecureHttpDestinationIT {

    private static final String PASSWORD = "pässw0rd:&?x#y";
    private static final String TOKEN = "t0ken-of-ann";
    private static final String STORE_PASSWORD = "st0re-passw0rd";

    private static Path store;

    private final Path folder;
    private final Path secret;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    SecureHttpDestinationIT(@TempDir Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("engine"));
        secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
    }

    @BeforeAll
    static void createStore(@TempDir Path folder) throws Exception {
        store = KeyStores.write(folder.resolve("store.p12"), STORE_PASSWORD);
    }

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(KeyStores.context(store, STORE_PASSWORD)));
        server.setExecutor(threads);
        server.createContext("/runs", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String who = exchange.getRequestHeaders().getFirst("Authorization");
        String basic = "Basic " + Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(UTF_8));
        boolean known = basic.equals(who) || ("Bearer " + TOKEN).equals(who);
        if (known) {
            received.add(exchange.getRequestHeaders().getFirst("ce-id"));
        }
        exchange.sendResponseHeaders(known ? 204 : 401, -1);
        exchange.close();
    }

    private Publishing publishing(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("there", "https://127.0.0.1:" + server.getAddress().getPort() + "/runs?responseTimeout=5000");
        all.put("notebook.publish.retries", "1");
        return new Publishing(folder, all);
    }

    private Map<String, String> user() {
        return Map.of(
                "there.username",
                "ann",
                "there.password",
                "{{file:" + secret + "}}",
                "there.trustStore",
                store.toString(),
                "there.trustStorePassword",
                STORE_PASSWORD);
    }

    private static void assertThatNothingIsThere(Publishing publishing, RunSummary summary, String password)
            throws IOException {
        String encoded = Base64.getEncoder().encodeToString(("ann:" + password).getBytes(UTF_8));
        assertThat(publishing.everything(summary))
                .contains("there")
                .doesNotContain(password, encoded, TOKEN, STORE_PASSWORD);
    }

    @Test
    void userAndPasswordLetTheRecordIn() throws Exception {
        try (Publishing publishing = publishing(user())) {
            RunSummary summary = publishing.published(2);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThat(received).hasSize(2);
            assertThatNothingIsThere(publishing, summary, PASSWORD);
        }
    }

    @Test
    void aTokenDoesSoToo() throws Exception {
        Files.writeString(secret, TOKEN);
        try (Publishing publishing = publishing(Map.of(
                "there.token",
                "{{file:" + secret + "}}",
                "there.trustStore",
                store.toString(),
                "there.trustStorePassword",
                STORE_PASSWORD))) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            assertThatNothingIsThere(publishing, summary, PASSWORD);
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        try (Publishing publishing = publishing(user())) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.problems().get(0)).contains("n_l0.json was not delivered to there: ", "401");
            assertThat(received).isEmpty();
            assertThatNothingIsThere(publishing, summary, "wr0ng-one");
        }
    }

    @Test
    void aServerThatIsNotTrustedGetsNothing() throws Exception {
        try (Publishing publishing = publishing(Map.of("there.token", TOKEN))) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.problems().get(0)).contains("unable to find valid certification path");
            assertThat(received).isEmpty();
            assertThatNothingIsThere(publishing, summary, PASSWORD);
        }
    }

    @Test
    void aWrongPasswordOfTheTrustStoreIsToldWithoutIt() throws Exception {
        Map<String, String> settings = new HashMap<>(user());
        settings.put("there.trustStorePassword", "wr0ng-one");
        try (Publishing publishing = publishing(settings)) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.problems().get(0)).contains("password was incorrect");
            assertThatNothingIsThere(publishing, summary, "wr0ng-one");
        }
    }
}
