package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configs that come by HTTP, to the engine as it is started by hand. */
class HttpEntranceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "s3cret-t0ken";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ReceivingEngine receiving;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        port = freePort();
        // A token from the environment's kind of place, and an engine that leaves what it receives where it is.
        receiving = ReceivingEngine.in(directory)
                .start("-Dnotebook.http.token={{sys:the.token}}", "-Dthe.token=" + TOKEN, "watch", "--port", "" + port);
        await().atMost(Duration.ofSeconds(60)).until(HttpEntranceIT::isOpen);
    }

    @AfterAll
    static void stop() {
        receiving.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean isOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/configs" + query))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/yaml");
    }

    private static HttpResponse<String> post(HttpRequest.Builder request, String config) throws Exception {
        return CLIENT.send(
                request.POST(HttpRequest.BodyPublishers.ofString(config)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Test
    void aConfigIsStoredBeforeItIsAcceptedAndKeepsTheCallersId() throws Exception {
        HttpResponse<String> response =
                post(request("?name=churn").header("X-Correlation-ID", "order 7"), receiving.config("\u00e9"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        String file = json(response).path("config").asText();
        assertThat(file).matches("churn~http-[0-9a-f]{16}\\.yaml");
        assertThat(json(response).path("correlation").asText()).isEqualTo("order 7");
        assertThat(receiving.configs().resolve(file)).hasContent(receiving.config("\u00e9"));
    }

    @Test
    void aConfigThatIsSentAgainWithTheSameKeyIsStoredOnce() throws Exception {
        List<String> files = List.of(
                json(post(request("").header("Idempotency-Key", "k1"), receiving.config("key")))
                        .path("config")
                        .asText(),
                json(post(request("").header("Idempotency-Key", "k1"), receiving.config("key")))
                        .path("config")
                        .asText());

        assertThat(files.get(0)).isEqualTo(files.get(1)).isNotEmpty();
        assertThat(receiving.stored("key")).hasSize(1);
    }

    @Test
    void whatCanNeverBeRunIsRefusedWithThePlaceAndTheRemedy() throws Exception {
        HttpResponse<String> broken = post(request("?name=churn"), "jobs: {a: {notebok: n.ipynb}}");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(json(broken).path("reason").asText()).contains("churn.yaml:1:", "did you mean 'notebook'?");

        assertThat(post(request(""), "").body()).contains("the message is empty; expected a config file");
        assertThat(post(request(""), " \n").statusCode()).isEqualTo(400);
        assertThat(post(request(""), "\u0000\u0001").statusCode()).isEqualTo(400);
        assertThat(post(request("?name=../../x"), receiving.config("x")).body()).contains("cannot name a pipeline");
        assertThat(post(request("").header("X-Correlation-ID", "x".repeat(300)), receiving.config("x"))
                        .body())
                .contains("the correlation id is blank, longer than 256");
        assertThat(post(request("").header("Content-Encoding", "gzip"), "x").statusCode())
                .isEqualTo(415);
        assertThat(post(request("").setHeader("Content-Type", "image/png"), "x").statusCode())
                .isEqualTo(415);
        assertThat(receiving.engine().err()).contains("Refused a message from http");
    }

    /** With bytes as they are: Java's client would refuse them itself. */
    private static String send(String headers, String config) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /configs HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                                    + TOKEN + "\r\n" + headers + "\r\nContent-Length: " + config.length() + "\r\n\r\n"
                                    + config)
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\u001b[31m", "\u007f", "\r"})
    void aControlCharacterInAHeaderIsRefusedInWordsThatNameTheHeader(String control) throws Exception {
        String answer = send("X-Correlation-ID: order" + control + "7", receiving.config("control"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "application/json",
                        "\"status\":\"refused\"",
                        "'X-Correlation-ID'",
                        "without control characters");
        assertThat(receiving.stored("control")).isEmpty();
        assertThat(receiving.engine().err())
                .contains("Refused a message from http: the request cannot be read: ")
                .doesNotContain("\tat ", "\u001b[31m", "Netty request decoder failure");
    }

    @Test
    void aControlCharacterThatHttpAllowsAndWhatIsNoHttpAreRefusedInWordsToo() throws Exception {
        assertThat(send("X-Correlation-ID: order\t7", receiving.config("control")))
                .startsWith("HTTP/1.1 400 ")
                .contains("has control characters; send another one, or none");
        assertThat(send("X-Correlation-ID: order\u00857", receiving.config("control")))
                .contains("has control characters; send another one, or none");
        assertThat(send("X: " + "x".repeat(20_000), receiving.config("control")))
                .startsWith("HTTP/1.1 400 ")
                .contains("the request cannot be read: ");
        assertThat(send("No header", receiving.config("control"))).startsWith("HTTP/1.1 400 ");
        assertThat(receiving.stored("control")).isEmpty();
        assertThat(send("X-Correlation-ID: order 7", receiving.config("no control")))
                .startsWith("HTTP/1.1 202 ");
    }

    @Test
    void twoMegabytesAreStoredAndMoreThanTheLimitIsRefused() throws Exception {
        String large = receiving.config("large") + "\n#" + "x".repeat(2 * 1024 * 1024);
        assertThat(post(request(""), large).statusCode()).isEqualTo(202);

        HttpResponse<String> tooLarge = post(request(""), large.repeat(6));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(json(tooLarge).path("reason").asText()).contains("more than the limit of 10485760");
        assertThat(post(request(""), large.repeat(9)).statusCode()).isEqualTo(413);
    }

    @Test
    void hostileHeadersLeadNowhere() throws Exception {
        HttpRequest.Builder hostile = request("?camelFileName=../../x&CamelFileName=../../x")
                .header("CamelFileName", "../../x")
                .header("CAMELNotebookPath", "/etc/passwd")
                .header("camelHttpResponseCode", "999")
                .header("CamelNotebookRefused", "no");

        HttpResponse<String> response = post(hostile, receiving.config("hostile"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));
        assertThat(receiving.stored("hostile")).singleElement().asString().matches("~http-[0-9a-f]{16}\\.yaml");
        assertThat(receiving.directory().resolve("../x").normalize()).doesNotExist();
    }

    @Test
    void aWrongTokenAndAPageInABrowserAreRefused() throws Exception {
        HttpResponse<String> wrong =
                post(request("").setHeader("Authorization", "Bearer gue55"), receiving.config("w"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        HttpResponse<String> page =
                post(request("").header("Origin", "http://127.0.0.1:" + port), receiving.config("w"));
        assertThat(page.statusCode()).isEqualTo(403);
        HttpRequest get = request("").GET().build();
        assertThat(CLIENT.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);

        assertThat(receiving.stored("w")).isEmpty();
        assertThat(Written.in(receiving.directory()) + wrong.body() + page.body())
                .contains("Refused")
                .doesNotContain(TOKEN, "gue55");
    }

    @Test
    void whileTheDiskIsFullTheSenderIsToldToKeepItsConfig() throws Exception {
        HttpRequest.Builder request = request("?name=full").header("Idempotency-Key", "full");
        receiving.fillDisk();
        try {
            HttpResponse<String> refused = post(request, receiving.largeConfig("full"));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(receiving.stored("full")).isEmpty();
            assertThat(receiving.engine().err()).contains("A config from http cannot be stored: ", "File too large");
        } finally {
            receiving.engine().unlimitFiles();
        }

        assertThat(post(request, receiving.largeConfig("full")).statusCode()).isEqualTo(202);
        assertThat(receiving.stored("full")).hasSize(1);
    }

    @Test
    void aSlowSenderKeepsNobodyElseWaiting() throws Exception {
        byte[] config = receiving.config("slow").getBytes(UTF_8);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = slow.getOutputStream();
            out.write(("POST /configs HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer "
                            + TOKEN + "\r\nContent-Length: " + config.length + "\r\n\r\n")
                    .getBytes(UTF_8));
            out.write(config, 0, 10);
            out.flush();

            assertThat(post(request(""), receiving.config("quick")).statusCode())
                    .isEqualTo(202);
            out.write(config, 10, config.length - 10);
            out.flush();
            assertThat(new String(slow.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 202");
        }
        assertThat(receiving.stored("slow")).hasSize(1);
    }

    @Test
    void aThousandAtOnceAreStoredEachOnce() throws Exception {
        HttpRequest.BodyPublisher config = HttpRequest.BodyPublishers.ofString(receiving.config("many"));
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, 1000)
                .mapToObj(i -> CLIENT.sendAsync(
                                request("")
                                        .timeout(Duration.ofMinutes(2))
                                        .POST(config)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode))
                .toList();

        assertThat(statuses.stream().map(CompletableFuture::join)).containsOnly(202);
        assertThat(receiving.stored("many")).hasSize(1000);
    }
}
