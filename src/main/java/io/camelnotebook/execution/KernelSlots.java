package io.camelnotebook.execution;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many kernels are alive at once. Tasks wait here, by priority and then by the order they came, without a
 * thread. A kernel that only has to end need not hold its slot, as long as no more of these are alive than there are
 * slots. Thread-safe.
 */
final class KernelSlots {

    private record Waiting(int priority, long number, Consumer<Slot> task) {}

    private final Executor executor;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingInt(Waiting::priority).reversed().thenComparingLong(Waiting::number));
    private final int mostEnding;
    private int free;
    private int ending;
    private long next;

    /**
     * Slots that are all free.
     *
     * @param executor where tasks run; it need not bound anything
     */
    KernelSlots(int slots, Executor executor) {
        this.free = slots;
        this.mostEnding = slots;
        this.executor = executor;
    }

    /** Runs the task as soon as a slot is free for it; higher priorities first. The task gives its slot back itself. */
    void submit(int priority, Consumer<Slot> task) {
        synchronized (this) {
            waiting.add(new Waiting(priority, next++, task));
        }
        serve();
    }

    /** How many tasks wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void serve() {
        for (Waiting first = takeFirst(); first != null; first = takeFirst()) {
            Consumer<Slot> task = first.task();
            executor.execute(() -> task.accept(new Slot()));
        }
    }

    private synchronized @Nullable Waiting takeFirst() {
        if (free == 0 || waiting.isEmpty()) {
            return null;
        }
        free--;
        return waiting.poll();
    }

    /** The place of one kernel. */
    final class Slot {

        private boolean isEnding;
        private boolean isReleased;

        /** The kernel only has to end: whoever waits first may start, unless too many are about to end already. */
        void ending() {
            synchronized (KernelSlots.this) {
                if (isReleased || isEnding || ending == mostEnding) {
                    return;
                }
                isEnding = true;
                ending++;
                free++;
            }
            serve();
        }

        /** The kernel has ended. */
        void release() {
            synchronized (KernelSlots.this) {
                if (isReleased) {
                    return;
                }
                isReleased = true;
                if (isEnding) {
                    ending--;
                    return;
                }
                free++;
            }
            serve();
        }
    }
}
