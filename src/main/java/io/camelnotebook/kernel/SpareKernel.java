package io.camelnotebook.kernel;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** A kernel that was started, or is about to be, before the notebook that it is for asks for it. Thread-safe. */
final class SpareKernel {

    private final KernelRequest request;
    private final BooleanSupplier reserved;
    private final boolean replacesDead;
    private final CompletableFuture<Kernel> kernel = new CompletableFuture<>();

    /**
     * A kernel that has not been started.
     *
     * @param reserved whether it is kept for a notebook that has not begun yet
     * @param replacesDead whether it takes the place of one that ended while it waited
     */
    SpareKernel(KernelRequest request, BooleanSupplier reserved, boolean replacesDead) {
        this.request = request;
        this.reserved = reserved;
        this.replacesDead = replacesDead;
    }

    KernelRequest request() {
        return request;
    }

    /** Whether it is kept for a notebook that has not begun yet. */
    boolean isReserved() {
        return reserved.getAsBoolean();
    }

    /** Another for the same notebook, should this one end before. */
    Optional<SpareKernel> replacement() {
        return replacesDead ? Optional.empty() : Optional.of(new SpareKernel(request, reserved, true));
    }

    /**
     * Whether a fresh kernel for that request would be the same: a process cannot be given another program, environment,
     * working directory or limit of memory afterwards.
     */
    boolean fits(KernelRequest wanted) {
        return request.spec().equals(wanted.spec())
                && request.directory().equals(wanted.directory())
                && request.environment().equals(wanted.environment())
                && request.memory().equals(wanted.memory());
    }

    void started(Kernel ready) {
        kernel.complete(ready);
    }

    void failed(Exception reason) {
        kernel.completeExceptionally(reason);
    }

    /** Runs it when the kernel has ended, on the thread that hears of it; never if it did not start. */
    void onEnd(Runnable action) {
        kernel.thenAccept(ready -> ready.exit().whenComplete((exit, lost) -> action.run()));
    }

    /**
     * The kernel, when it answers; the time that it may take runs since it was begun.
     *
     * @throws KernelStartException if it did not start, or is no longer there
     */
    Kernel await() throws InterruptedException {
        Kernel ready;
        try {
            ready = kernel.get();
        } catch (ExecutionException e) {
            String reason = Objects.requireNonNullElse(e.getCause(), e).getMessage();
            throw new KernelStartException("the kernel started ahead did not come up: " + reason, e);
        } catch (InterruptedException e) {
            discard();
            throw e;
        }
        if (ready.exit().isDone()) {
            ready.close();
            throw new KernelStartException("the kernel started ahead had ended before it was needed");
        }
        return ready;
    }

    /** Ends the kernel, as soon as it is there. */
    void discard() {
        kernel.thenAccept(Kernel::close);
    }
}
