package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.camelnotebook.run.RunSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as mail, to a server that is full for a time. */
class MailDestinationIT {

    private final Path folder;

    MailDestinationIT(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Speaks SMTP to one client, and has no room for what it sends: so it says to that command, {@code .} being the text's end. */
    private static void refuse(ServerSocket server, String command, String refusal) {
        try (Socket client = server.accept()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            OutputStream out = client.getOutputStream();
            out.write("220 full\r\n".getBytes(US_ASCII));
            boolean text = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String said = line.toUpperCase(Locale.ROOT);
                if (!text || said.equals(".")) {
                    text = said.equals("DATA");
                    String answer = said.startsWith(command) ? refusal : text ? "354 go on" : "250 fine";
                    out.write((answer + "\r\n").getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 552 5.2.2 The mailbox is full",
        "RCPT, 452 4.2.2 The mailbox has no room now",
        "MAIL, 452 4.3.1 Insufficient system storage",
        "., 452 4.3.1 Insufficient system storage"
    })
    void aServerThatIsFullGetsItOnceWhenThereIsRoom(String command, String refusal) throws Exception {
        ServerSocket full = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        int port = full.getLocalPort();
        CompletableFuture<Void> refusing = CompletableFuture.runAsync(() -> {
            while (!full.isClosed()) {
                refuse(full, command, refusal);
            }
        });
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        try (Publishing publishing =
                new Publishing(folder, Map.of("there", "smtp:127.0.0.1:" + port + "?to=ann@example.org"))) {
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 7"));
            assertThat(publishing.log())
                    .containsPattern("WARN Not delivered: n_l0.json to there: .*" + Pattern.quote(refusal));
            full.close();
            await().until(refusing::isDone);
            server.start();

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }
}
