package io.camelnotebook.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The process of a kernel host and the lines of JSON to and from it. Thread-safe. */
final class HostProcess {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SWEEP_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(1);
    private static final int LINES_KEPT = 20;
    /** Reads the program from stdin, byte by byte as long as it says, so that it need not lie in a file or show in ps. */
    private static final String BOOTSTRAP = "import os;s=b''\n"
            + "while len(s)<%1$d:s+=os.read(0,%1$d-len(s)) or os._exit(1)\n"
            + "exec(compile(s,'kernel_host.py','exec'))";

    private final Path python;
    private final byte[] program = PackagedText.read("kernel_host.py").getBytes(StandardCharsets.UTF_8);
    private final Process process;
    private final Object writing = new Object();
    /** What it said that was no event: the traceback of a Python that can't run it. */
    private final Deque<String> otherLines = new ArrayDeque<>();

    HostProcess(Path python, Consumer<JsonNode> onEvent, Runnable onEnd) {
        this.python = python;
        try {
            process = new ProcessBuilder(command(List.of("camel-notebook-kernel-host")))
                    .directory(new File("/"))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new KernelHostException("The kernel host can't be started: " + e.getMessage(), e);
        }
        write(program);
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
            Process sweeper = new ProcessBuilder(command(
                            Stream.concat(Stream.of("sweep", mark), pids).toList()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream out = sweeper.getOutputStream()) {
                out.write(program);
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
            return new KernelHostException(
                    "The kernel host (process " + pid() + ", " + python + ") has ended" + status + reason);
        }
    }

    private List<String> command(List<String> arguments) {
        // Isolated from the user's Python settings, without site-packages, and UTF-8 whatever the locale.
        List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-S", "-X", "utf8", "-c"));
        command.add(String.format(BOOTSTRAP, program.length));
        command.addAll(arguments);
        return command;
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
