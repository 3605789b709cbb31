package io.camelnotebook.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Python that writes notebooks as HTML, one at a time, in a process that begins with the first one and stays: what it imports
 * takes longer than most pages. Thread-safe.
 */
final class HtmlConverter implements AutoCloseable {

    /** ASCII, whatever the encoding of the machine. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String python;
    private final Duration patience;
    private @Nullable Process process;

    /** @param patience for one notebook; after that its process is ended */
    HtmlConverter(String python, Duration patience) {
        this.python = python;
        this.patience = patience;
    }

    /**
     * Writes a page.
     *
     * @return nothing, or what is {@code missing} in that Python, or the {@code problem} of that notebook
     * @throws IOException if the process does not answer; the next page has a new one
     */
    synchronized JsonNode convert(Path notebook, Path html) throws IOException {
        Process started = process != null && process.isAlive() ? process : start();
        process = started;
        try {
            Writer requests = started.outputWriter(UTF_8);
            requests.write(JSON.writeValueAsString(Map.of(
                            "notebook", notebook.toAbsolutePath().toString(),
                            "html", html.toAbsolutePath().toString()))
                    + "\n");
            requests.flush();
            String answer = CompletableFuture.supplyAsync(() -> line(started.inputReader(UTF_8)))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return JSON.readTree(answer);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("nobody waits for the page any more", e);
        } catch (TimeoutException e) {
            close();
            throw new IOException(python + " took more than " + patience.toSeconds() + " s", e);
        } catch (ExecutionException | IOException e) {
            close();
            throw new IOException(python + " ended in the middle of it", e);
        }
    }

    private static String line(BufferedReader answers) {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the end of its output");
            }
            return line;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Process start() throws IOException {
        try (InputStream program =
                Objects.requireNonNull(HtmlConverter.class.getResourceAsStream("notebook_html.py"))) {
            return new ProcessBuilder(python, "-c", new String(program.readAllBytes(), UTF_8))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
