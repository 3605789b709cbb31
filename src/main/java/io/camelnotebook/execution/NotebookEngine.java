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
    private final long memory;
    private final Set<Cancellation> active = ConcurrentHashMap.newKeySet();
    private final KeptKernels kept;
    private volatile boolean cancelled;

    /**
     * An engine that executes nothing yet.
     *
     * @param slots how many kernels may be alive at once, beside as many that only have to end
     * @param memory how many bytes all of them may have together, those that end included, of what their notebooks say
     * @param threads where notebooks are executed, one thread each; it need not bound anything
     */
    public NotebookEngine(LocalKernels kernels, int slots, long memory, Executor threads, Clock clock) {
        this.executor = new NotebookExecutor(kernels, clock);
        this.slots = new KernelSlots(slots, memory, kernels.spares(), threads);
        this.memory = memory;
        this.kept = new KeptKernels(slots, threads);
    }

    /** What reads and executes single notebooks. It knows no bound. */
    public NotebookExecutor executor() {
        return executor;
    }

    /** The kernels that wait for their next call. */
    public KeptKernels kept() {
        return kept;
    }

    /** How many bytes all kernels may have together, of what their notebooks say. */
    public long memory() {
        return memory;
    }

    /** How much waits and runs now. */
    public EngineLoad load() {
        return slots.load();
    }

    /**
     * Does work that needs a kernel as soon as a slot is free and there is memory for it, the work with the highest
     * priority first.
     *
     * @param bytes the memory that it says it needs, 0 if none; who needs more than there is gets all there is
     * @return completes on that thread, after the slot is free again
     */
    public <T> CompletableFuture<T> submit(int priority, long bytes, KernelWork<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        slots.submit(priority, bytes, new KernelSlots.Task() {
            @Override
            public void run(KernelSlots.Slot slot) {
                if (bytes > 0) {
                    kept.makeRoom(work.owner());
                }
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
        kept.close();
    }
}
