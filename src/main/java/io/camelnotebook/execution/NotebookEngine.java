package io.camelnotebook.execution;

import io.camelnotebook.kernel.LocalKernels;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Executes notebooks side by side, never more at once than it has slots for kernels. Thread-safe. */
public final class NotebookEngine {

    private final NotebookExecutor executor;
    private final KernelSlots slots;
    private final Set<Cancellation> active = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * An engine that executes nothing yet.
     *
     * @param slots how many kernels may be alive at once, beside as many that only have to end
     * @param threads where notebooks are executed, one thread each; it need not bound anything
     */
    public NotebookEngine(LocalKernels kernels, int slots, Executor threads, Clock clock) {
        this.executor = new NotebookExecutor(kernels, clock);
        this.slots = new KernelSlots(slots, kernels.spares(), threads);
    }

    /** What reads and executes single notebooks. It knows no bound. */
    public NotebookExecutor executor() {
        return executor;
    }

    /**
     * Does work that needs a kernel as soon as a slot is free, the work with the highest priority first.
     *
     * @return completes on that thread, after the slot is free again
     */
    public <T> CompletableFuture<T> submit(int priority, KernelWork<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        slots.submit(priority, new KernelSlots.Task() {
            @Override
            public void run(KernelSlots.Slot slot) {
                Runnable completion = inSlot(cancellation -> work.run(cancellation, slot::ending), done);
                slot.release();
                completion.run();
            }

            @Override
            public void isNext(BooleanSupplier waits) {
                work.isNext(waits);
            }
        });
        return done;
    }

    private <T> Runnable inSlot(Function<Cancellation, T> work, CompletableFuture<T> done) {
        Cancellation cancellation = new Cancellation();
        active.add(cancellation);
        try {
            if (cancelled) {
                cancellation.cancel();
            }
            T result = work.apply(cancellation);
            return () -> done.complete(result);
        } catch (RuntimeException | Error e) {
            return () -> done.completeExceptionally(e);
        } finally {
            active.remove(cancellation);
        }
    }

    /** Ends whatever is executed now and whatever follows. */
    public void cancelAll() {
        cancelled = true;
        active.forEach(Cancellation::cancel);
    }
}
