package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Python process that reads what parameters cells declare, one after the other: starting one for each cell would take
 * as much as the rest of a small notebook. It ends by itself when nobody asks, and is started again. Thread-safe.
 */
final class ParameterParser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path python;
    private @Nullable Talk talk;

    ParameterParser(Path python) {
        this.python = python;
    }

    /**
     * What the process says of a cell.
     *
     * @throws IOException if it cannot be run, or takes too long
     */
    synchronized JsonNode ask(String source) throws IOException {
        if (talk != null) {
            Optional<JsonNode> answer = talk.ask(source);
            if (answer.isPresent()) {
                return answer.get();
            }
            // Most likely it has just ended because it was idle.
            talk.end();
        }
        talk = new Talk(python);
        return talk.ask(source).orElseThrow(() -> new IOException(python + " did not answer"));
    }

    @Override
    public synchronized void close() {
        if (talk != null) {
            talk.end();
        }
    }

    /** With one process. */
    private static final class Talk {

        private final HostProcess process;
        private volatile CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        private volatile boolean ended;

        Talk(Path python) throws IOException {
            List<String> command =
                    List.of(python.toString(), "-I", "-S", "-X", "utf8", "-c", PackagedText.read("parameters.py"));
            try {
                process = new HostProcess(
                        python,
                        new HostProgram(command, Optional.empty(), new byte[0]),
                        event -> answer.complete(event),
                        this::ended);
            } catch (KernelHostException e) {
                throw new IOException(e);
            }
        }

        private void ended() {
            ended = true;
            answer.completeExceptionally(process.death());
        }

        /** Empty if it does not answer. */
        Optional<JsonNode> ask(String source) {
            answer = new CompletableFuture<>();
            if (!process.send(Map.of("source", source)) || ended) {
                return Optional.empty();
            }
            try {
                return Optional.of(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                return Optional.empty();
            } catch (TimeoutException e) {
                process.kill();
                return Optional.empty();
            } catch (InterruptedException e) {
                process.kill();
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        void end() {
            process.closeInput();
        }
    }
}
