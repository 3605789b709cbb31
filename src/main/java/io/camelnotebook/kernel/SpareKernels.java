package io.camelnotebook.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels that wait for their notebooks, the oldest first: never more than a given number, beside at most as many
 * whose notebooks are just beginning. Each is given to one notebook. One that nobody takes ends after a while, and when another needs its place; one that dies is replaced, but
 * its replacement is not: whatever kills waiting kernels would kill them for ever. Thread-safe.
 */
final class SpareKernels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpareKernels.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** Starts a kernel and waits until it answers. */
    interface Starter {
        Kernel start(KernelRequest request) throws InterruptedException;
    }

    private final int most;
    private final Duration idleLimit;
    private final Starter starter;
    private final Deque<SpareKernel> spares = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kernels-ahead");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /**
     * No kernels yet.
     *
     * @param idleLimit how long a kernel waits for its notebook
     */
    SpareKernels(int most, Duration idleLimit, Starter starter) {
        this.most = most;
        this.idleLimit = idleLimit;
        this.starter = starter;
    }

    /** Begins to start a kernel for whoever comes first, if there is room. Returns before it is there. */
    synchronized void add(KernelRequest request) {
        if (spares.size() < most) {
            begin(new SpareKernel(request, () -> false, false));
        }
    }

    /**
     * Begins to start a kernel for one notebook, unless that has begun. Returns before it is there.
     *
     * @param waits whether the notebook has not begun yet; asked while no kernel can be taken, so that a notebook finds
     *     its kernel or never gets one. Others leave the kernel to it: who takes one that has only just been begun gains
     *     nothing, and lets the owner do the same to the next
     */
    synchronized void addFor(KernelRequest request, BooleanSupplier waits) {
        if (waits.getAsBoolean()) {
            begin(new SpareKernel(request, waits, false));
        }
    }

    private synchronized void begin(SpareKernel spare) {
        if (closed || most == 0) {
            return;
        }
        List<SpareKernel> reserved =
                spares.stream().filter(SpareKernel::isReserved).toList();
        if (reserved.size() >= most) {
            retire(reserved.get(0));
        } else if (spares.size() >= 2 * most) {
            retire(spares.element());
        }
        spares.add(spare);
        threads.execute(() -> start(spare));
    }

    private void start(SpareKernel spare) {
        try {
            spare.started(starter.start(spare.request()));
        } catch (KernelStartException | KernelHostException | InterruptedException e) {
            LOG.debug("No kernel was started ahead: {}", e.getMessage());
            spare.failed(e);
        }
        Executor later = CompletableFuture.delayedExecutor(idleLimit.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> retire(spare));
        spare.onEnd(() -> ended(spare));
    }

    private void retire(SpareKernel spare) {
        if (remove(spare)) {
            spare.discard();
        }
    }

    private void ended(SpareKernel spare) {
        if (remove(spare)) {
            LOG.info(
                    "Kernel {} ended while it waited for a notebook",
                    spare.request().spec().name());
            spare.discard();
            spare.replacement().ifPresent(this::begin);
        }
    }

    private synchronized boolean remove(SpareKernel spare) {
        return spares.remove(spare);
    }

    /** The oldest kernel that fits, which is then the caller's; it may still be about to start. */
    synchronized Optional<SpareKernel> take(KernelRequest request) {
        for (Iterator<SpareKernel> each = spares.iterator(); each.hasNext(); ) {
            SpareKernel spare = each.next();
            if (spare.fits(request) && !spare.isReserved()) {
                each.remove();
                return Optional.of(spare);
            }
        }
        return Optional.empty();
    }

    /** How many wait, or are about to. */
    synchronized int size() {
        return spares.size();
    }

    /** Ends those that nobody has taken. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            spares.forEach(SpareKernel::discard);
            spares.clear();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("A kernel is still being started ahead");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
