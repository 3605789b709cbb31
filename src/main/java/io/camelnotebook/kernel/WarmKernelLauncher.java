package io.camelnotebook.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out kernels that were started ahead, of whatever language, and starts one afresh, with the reason, where none
 * fits. A kernel is a process of its own and serves one notebook, as if it had been started for it.
 */
final class WarmKernelLauncher implements KernelLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(WarmKernelLauncher.class);

    /** As a fork server that nobody needs. */
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(2);

    private final FreshKernelLauncher fresh;
    private final SpareKernels spares;

    /**
     * A launcher that starts nothing yet.
     *
     * @param most how many kernels may wait at once
     */
    WarmKernelLauncher(FreshKernelLauncher fresh, int most) {
        this(fresh, most, IDLE_LIMIT);
    }

    WarmKernelLauncher(FreshKernelLauncher fresh, int most, Duration idleLimit) {
        this.fresh = fresh;
        spares = new SpareKernels(most, idleLimit, request -> fresh.start(request, KernelStart.as(StartMode.WARM)));
    }

    @Override
    public KernelStart plan(KernelSpec spec) {
        return KernelStart.as(StartMode.WARM);
    }

    @Override
    public void expect(KernelRequest request) {}

    @Override
    public void startAhead(KernelRequest request) {
        spares.add(request);
    }

    @Override
    public void startNext(KernelRequest request, BooleanSupplier waits) {
        spares.addFor(request, waits);
    }

    @Override
    public Kernel start(KernelRequest request) throws InterruptedException {
        Optional<SpareKernel> spare = spares.take(request);
        if (spare.isEmpty()) {
            return instead(request, "no kernel for this notebook was started ahead");
        }
        try {
            return spare.get().await();
        } catch (KernelStartException e) {
            return instead(request, String.valueOf(e.getMessage()));
        }
    }

    private Kernel instead(KernelRequest request, String reason) throws InterruptedException {
        LOG.debug("Kernel {} is started afresh: {}", request.spec().name(), reason);
        return fresh.start(request, KernelStart.freshBecause(reason));
    }

    /** How many kernels wait, or are about to. */
    int waiting() {
        return spares.size();
    }

    @Override
    public void close() {
        spares.close();
        fresh.close();
    }
}
