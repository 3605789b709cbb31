package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that forks kernels of one kind: the same Python, the same libraries loaded ahead, and the same values of
 * all variables that Python or these libraries read when they are loaded. Thread-safe.
 */
final class ForkServer implements AutoCloseable {

    /** A server that nobody needs holds as much memory as a kernel. */
    static final Duration IDLE_LIMIT = Duration.ofMinutes(2);

    /** How long nobody tries again what has just failed. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /** What leaks in a process that runs for weeks should not do so for ever. */
    private static final int MOST_FORKS = 1_000;

    /** What the C libraries read, and Python's, where nobody can see them do it. */
    private static final List<String> READ_AT_LOAD = List.of(
            "PYTHON",
            "LD_",
            "MALLOC_",
            "GLIBC_",
            "LANG",
            "LC_",
            "TZ",
            "HOME",
            "PATH",
            "TMPDIR",
            "XDG_",
            "VIRTUAL_ENV",
            "CONDA_",
            "IPYTHON",
            "JUPYTER_",
            "MPL",
            "OMP_",
            "GOMP_",
            "KMP_",
            "OPENBLAS_",
            "GOTO_",
            "MKL_",
            "BLIS_",
            "VECLIB_",
            "NUMEXPR_",
            "NPY_",
            "CUDA_",
            "NVIDIA_",
            "HIP_",
            "ROCR_",
            "ARROW_",
            "SSL_",
            "OPENSSL_");

    private final ForkCommand command;
    private final Set<String> modules;
    private final Map<String, String> environment;
    private final KernelHost host;
    private final AtomicInteger forks = new AtomicInteger();
    private volatile Set<String> reads = Set.of();
    private volatile Map<File, Long> stamps = Map.of();
    private volatile Map<String, String> refused = Map.of();
    private volatile Optional<String> failure = Optional.empty();
    private volatile long failedAt;

    ForkServer(ForkCommand command, Set<String> modules, Map<String, String> environment, KernelHost host) {
        this.command = command;
        this.modules = modules;
        this.environment = environment;
        this.host = host;
        host.up().thenAccept(this::note);
    }

    private void note(JsonNode up) {
        Map<File, Long> times = new HashMap<>();
        up.path("watch").forEach(path -> times.put(new File(path.asText()), new File(path.asText()).lastModified()));
        stamps = times;
        Set<String> names = new HashSet<>();
        up.path("reads").forEach(name -> names.add(name.asText()));
        reads = names;
        Map<String, String> reasons = new HashMap<>();
        up.path("refused")
                .fields()
                .forEachRemaining(e -> reasons.put(e.getKey(), e.getValue().asText()));
        refused = reasons;
    }

    KernelHost host() {
        return host;
    }

    ForkCommand command() {
        return command;
    }

    /** What it did not load although it should have, module by module, with the reason. */
    Map<String, String> refused() {
        return refused;
    }

    /** What it was asked to load. */
    Set<String> modules() {
        return modules;
    }

    /** Whether it loaded what a kernel with that command and environment would have loaded. */
    boolean serves(ForkCommand wanted, Map<String, String> variables) {
        return command.equals(wanted) && agrees(variables);
    }

    private boolean agrees(Map<String, String> variables) {
        Set<String> names = new HashSet<>(reads);
        environment.keySet().stream().filter(ForkServer::isReadAtLoad).forEach(names::add);
        variables.keySet().stream().filter(ForkServer::isReadAtLoad).forEach(names::add);
        return names.stream().allMatch(name -> Objects.equals(environment.get(name), variables.get(name)));
    }

    private static boolean isReadAtLoad(String name) {
        return READ_AT_LOAD.stream().anyMatch(name::startsWith);
    }

    /** Whether another server should take its place: it has ended, has forked often, or what it loaded was replaced. */
    boolean isOutdated() {
        if (failure.isPresent()) {
            return System.nanoTime() - failedAt > RETRY_AFTER.toNanos();
        }
        return !host.isAlive() || forks.get() >= MOST_FORKS || hasChanged();
    }

    /** Whether a Python, or a folder of libraries, is no longer what it loaded. */
    boolean hasChanged() {
        return stamps.entrySet().stream().anyMatch(e -> e.getKey().lastModified() != e.getValue());
    }

    /** Whether it can fork now. */
    boolean isUp() {
        return host.up().isDone() && host.isAlive() && failure.isEmpty();
    }

    /** Waits until it can fork, at most so long. */
    boolean comesUpWithin(Duration limit) throws InterruptedException {
        if (failure.isEmpty()) {
            try {
                host.up().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }
        return isUp();
    }

    /** Why no kernel is to be forked from it for a while; the first to find out has waited, the others need not. */
    Optional<String> failure() {
        return failure;
    }

    void fail(String reason) {
        failedAt = System.nanoTime();
        failure = Optional.of(reason);
    }

    /** Waits until it can fork; if it can't, or takes longer, its failure says why. */
    void await(Duration limit) throws InterruptedException {
        if (failure.isPresent()) {
            return;
        }
        try {
            host.up().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            forks.incrementAndGet();
        } catch (ExecutionException e) {
            fail("the fork server did not start: "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        } catch (TimeoutException e) {
            fail("the fork server needs more than " + limit.toSeconds() + " s to start");
        }
    }

    /** Lets it end as soon as it has no kernels. */
    void retire() {
        host.retire();
    }

    @Override
    public void close() {
        host.close();
    }
}
