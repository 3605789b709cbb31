package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a notebook may come from beside a path. */
class NotebookSourceIT {

    private static Path folder;
    private static CamelApplication application;
    private static Path notebook;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        application = CamelApplication.started(2);
        notebook = CamelApplication.notebook(
                folder.resolve("remote.ipynb"), "rows = 1", "from camel_notebook import record\nrecord('rows', rows)");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static void executes(String uri) {
        Exchange answer = application.send(uri, Map.of("rows", 4), Map.of());
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).hasToString("{rows=4}");
    }

    private static void isUnreadable(String uri, String message) {
        Exchange answer = application.send(uri, null, Map.of());
        assertThat(answer.getException())
                .isExactlyInstanceOf(UnreadableNotebookException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aNotebookComesFromAFileUri() {
        executes("notebook:file:" + notebook);
        isUnreadable("notebook:file:" + folder.resolve("no.ipynb"), "there is no such notebook");
    }

    @Test
    void aNotebookComesFromTheClassPath() {
        isUnreadable("notebook:classpath:no/such.ipynb", "there is no such notebook");
    }

    @Test
    void aNotebookComesFromAnHttpServer() throws Exception {
        byte[] document = Files.readAllBytes(notebook);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().equals("/n/remote.ipynb");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? document.length : -1);
            if (known) {
                exchange.getResponseBody().write(document);
            }
            exchange.close();
        });
        server.start();
        try {
            String base = "notebook:http://127.0.0.1:" + server.getAddress().getPort();
            executes(base + "/n/remote.ipynb");
            isUnreadable(base + "/n/other.ipynb", "/n/other.ipynb");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForEver() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            isUnreadable(
                    "notebook:http://127.0.0.1:" + silent.getLocalPort() + "/n.ipynb?sourceTimeout=500", "timed out");
        }
    }

    @Test
    void aNotebookComesFromAnyEndpointThatCamelCanReadFrom() {
        String uri = "RAW(file:" + folder + "?fileName=remote.ipynb&noop=true&idempotent=false)";
        executes("notebook:remote.ipynb?source=" + uri);
        executes("notebook:remote.ipynb?source=" + uri);
        isUnreadable(
                "notebook:no.ipynb?sourceTimeout=500&source=RAW(file:" + folder + "?fileName=no.ipynb)",
                "nothing came from its source within 500 ms");
        isUnreadable("notebook:no.ipynb?source=nosuchscheme:x", "its source cannot be read");
    }
}
