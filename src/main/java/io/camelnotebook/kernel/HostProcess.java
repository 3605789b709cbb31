package io.camelnotebook.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The process of a kernel host, or of another program of ours, and the lines of JSON to and from it. Thread-safe. */
final class HostProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SWEEP_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(1);
    private static final int LINES_KEPT = 20;
    private final Path python;
    private final HostProgram program;
    private final Process process;
    private final Object writing = new Object();
    /** What it said that was no event: the traceback of a Python that can't run it. */
    private final Deque<String> otherLines = new ArrayDeque<>();

    /**
     * Starts the program.
     *
     * @param python a Python that can run the kernel host, which ends what another host has left behind
     */
    HostProcess(Path python, HostProgram program, Consumer<JsonNode> onEvent, Runnable onEnd) {
        this.python = python;
        this.program = program;
        try {
            process = program.builder().redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new KernelHostException("The kernel host can't be started: " + e.getMessage(), e);
        }
        write(program.input());
        Thread reader = new Thread(() -> read(onEvent, onEnd), "kernel-host-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    /** Whether the message went into the pipe. */
    boolean send(Map<String, Object> message) {
        try {
            return write((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void closeInput() {
        synchronized (writing) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                kill();
            }
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Ends what kernels of this host have left behind when it was itself killed. */
    void sweep(String mark, List<Long> kernels) {
        Stream<String> pids = kernels.stream().map(String::valueOf);
        try {
            HostProgram sweep = HostProgram.kernelHost(
                    python, Stream.concat(Stream.of("sweep", mark), pids).toList());
            Process sweeper = sweep.builder()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream out = sweeper.getOutputStream()) {
                out.write(sweep.input());
            }
            if (!sweeper.waitFor(SWEEP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                sweeper.destroyForcibly();
            }
        } catch (IOException e) {
            synchronized (otherLines) {
                otherLines.add("what its kernels left running could not be ended: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why nothing more comes from the host. */
    KernelHostException death() {
        synchronized (otherLines) {
            String status = process.isAlive() ? "" : " with status " + process.exitValue();
            String reason = otherLines.isEmpty() ? "" : ": " + String.join("\n", otherLines);
            return new KernelHostException("The kernel host (process " + pid() + ", "
                    + program.command().get(0) + ") has ended" + status + reason);
        }
    }

    private boolean write(byte[] bytes) {
        synchronized (writing) {
            try {
                process.getOutputStream().write(bytes);
                process.getOutputStream().flush();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    private void read(Consumer<JsonNode> onEvent, Runnable onEnd) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                onLine(line, onEvent);
            }
        } catch (IOException e) {
            keep(e.toString());
        } finally {
            awaitEnd();
            onEnd.run();
        }
    }

    /** Its output ends when it does, or very nearly. */
    private void awaitEnd() {
        try {
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void onLine(String line, Consumer<JsonNode> onEvent) {
        if (!line.startsWith("{\"event\"")) {
            keep(line);
            return;
        }
        try {
            onEvent.accept(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            keep(line);
        }
    }

    private void keep(String line) {
        synchronized (otherLines) {
            otherLines.add(line);
            if (otherLines.size() > LINES_KEPT) {
                otherLines.remove();
            }
        }
    }
}
