package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small Python process that starts kernel processes for us and watches them. It tells at once when one ends, with its
 * CPU time and memory, and it ends them all when this JVM dies, however it dies. A host that has died stays dead: its
 * owner starts another. Thread-safe.
 */
public final class KernelHost implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    /** Longer than the host itself takes at most to end its kernels. */
    private static final Duration END_LIMIT = Duration.ofSeconds(12);

    private final Map<String, CompletableFuture<KernelProcess>> starting = new ConcurrentHashMap<>();
    private final Map<String, KernelProcess> running = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final CompletableFuture<JsonNode> up = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final HostProcess process;
    private volatile boolean closing;

    /**
     * Starts a program that speaks the protocol; {@link #up} tells when it is ready.
     *
     * @param python a Python that can run the kernel host, which ends what another host has left behind
     * @throws KernelHostException if it can't be run at all
     */
    KernelHost(Path python, HostProgram program) {
        process = new HostProcess(python, program, this::onEvent, this::onEnd);
    }

    /**
     * Starts a host with any Python from 3.9 on. Takes about 30 ms.
     *
     * @throws KernelHostException if that Python can't run it
     */
    public static KernelHost start(Path python) {
        KernelHost host = new KernelHost(python, HostProgram.kernelHost(python, List.of("camel-notebook-kernel-host")));
        try {
            host.up.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return host;
        } catch (ExecutionException e) {
            throw new KernelHostException("The kernel host does not run with " + python + ": " + e.getMessage(), e);
        } catch (TimeoutException e) {
            host.process.kill();
            throw new KernelHostException(
                    "The kernel host did not start with " + python + " within " + START_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            host.process.kill();
            Thread.currentThread().interrupt();
            throw new KernelHostException("Interrupted while the kernel host was starting", e);
        }
    }

    /** The host's own process id. */
    public long pid() {
        return process.pid();
    }

    /** Completes with what the program says when it is ready; exceptionally if it never will be. */
    CompletableFuture<JsonNode> up() {
        return up.copy();
    }

    /** Whether kernels can still be started. */
    public boolean isAlive() {
        return !ended.isDone() && !closing;
    }

    /**
     * Starts a kernel. The result comes when its program runs, about 2 ms later, or with {@link KernelStartException} if it
     * can't be run, or with {@link KernelHostException} if the host is dead. What depends on the result runs on the thread
     * that reads from the host: let it be short or asynchronous, and never wait for the host there.
     */
    public CompletableFuture<KernelProcess> spawn(KernelCommand command) {
        String id = "k" + lastId.incrementAndGet();
        CompletableFuture<KernelProcess> started = new CompletableFuture<>();
        starting.put(id, started);
        Map<String, Object> request = new HashMap<>(Map.of(
                "op", "spawn",
                "id", id,
                "argv", command.argv(),
                "env", command.env(),
                "cwd", command.cwd().toString(),
                "log", command.logFile().toString()));
        command.memory().ifPresent(bytes -> request.put("memory", bytes));
        boolean sent = process.send(request);
        // After the put: whichever of this and the end of the host comes second fails the future.
        if (!sent || ended.isDone()) {
            starting.remove(id);
            started.completeExceptionally(process.death());
        }
        return started;
    }

    /** Lets the host remove a folder when it ends, since this JVM may be killed before it can. */
    void own(Path folder) {
        process.send(Map.of("op", "own", "path", folder.toString()));
    }

    /** Lets a fork server end as soon as it has no kernels. */
    void retire() {
        process.send(Map.of("op", "retire"));
    }

    void signal(String id, int number) {
        if (running.containsKey(id)) {
            process.send(Map.of("op", "signal", "id", id, "signal", number));
        }
    }

    /** Kills every kernel with all its descendants and ends the host. Returns when they are gone. */
    @Override
    public void close() {
        closing = true;
        if (!up.isDone()) {
            // It has no kernels yet, and may be too busy with its start to notice.
            process.kill();
        }
        process.closeInput();
        try {
            ended.get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            process.kill();
        }
    }

    private void onEvent(JsonNode event) {
        String id = event.path("id").asText();
        switch (event.path("event").asText()) {
            case "up" -> up.complete(event);
            case "spawned" -> {
                KernelProcess kernel =
                        new KernelProcess(this, id, event.path("pid").asLong());
                running.put(id, kernel);
                complete(id, kernel);
            }
            case "failed" -> {
                CompletableFuture<KernelProcess> started = starting.remove(id);
                if (started != null) {
                    started.completeExceptionally(new KernelStartException(
                            "The kernel " + event.path("error").asText()));
                }
            }
            case "exit" -> {
                KernelProcess kernel = running.remove(id);
                if (kernel != null) {
                    kernel.ended(exit(event));
                }
            }
            default -> throw new IllegalStateException("The kernel host says what it can't: " + event);
        }
    }

    private void complete(String id, KernelProcess kernel) {
        CompletableFuture<KernelProcess> started = starting.remove(id);
        // Nobody waits for it any more (a timeout, say), so nobody else would ever end it.
        if (started == null || !started.complete(kernel)) {
            kernel.kill();
        }
    }

    private static KernelExit exit(JsonNode event) {
        return new KernelExit(
                optional(event.path("code")),
                optional(event.path("signal")),
                Duration.ofNanos(Math.round(event.path("cpu_seconds").asDouble() * 1e9)),
                event.path("peak_memory_bytes").asLong(),
                excess(event));
    }

    private static Optional<MemoryExcess> excess(JsonNode event) {
        return event.has("memory_used")
                ? Optional.of(new MemoryExcess(
                        event.path("memory_used").asLong(),
                        event.path("memory_limit").asLong()))
                : Optional.empty();
    }

    private static OptionalInt optional(JsonNode number) {
        return number.isInt() ? OptionalInt.of(number.asInt()) : OptionalInt.empty();
    }

    /** On the reading thread, when the host has said its last. */
    private void onEnd() {
        boolean orderly = closing && running.isEmpty();
        if (up.isDone() && !orderly) {
            process.sweep(
                    up.join().path("mark").asText(),
                    running.values().stream().map(KernelProcess::pid).toList());
        }
        ended.complete(null);
        KernelHostException death = process.death();
        up.completeExceptionally(death);
        starting.values().forEach(started -> started.completeExceptionally(death));
        running.values().forEach(kernel -> kernel.lost(death));
        starting.clear();
        running.clear();
    }
}
