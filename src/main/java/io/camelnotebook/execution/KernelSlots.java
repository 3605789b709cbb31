package io.camelnotebook.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many kernels are alive at once, and how much memory they may have together, of what their tasks say. Tasks
 * wait here, by priority and then by the order they came, without a thread. A kernel that only has to end need not hold
 * its slot, as long as no more of these are alive than there are slots; it holds its memory until it is gone.
 *
 * <p>A task that waits for memory is not passed by any that needs memory itself, however little: else it would wait for
 * ever behind small ones that always fit. Tasks that say nothing of memory may pass it, but never take the last free
 * slot: when there is memory for it, there is a slot, so that it starts no later than if nobody had passed. Thread-safe.
 */
final class KernelSlots {

    /** Something that needs a slot. */
    interface Task {

        /** Has a slot, and gives it back itself. */
        void run(Slot slot);

        /**
         * Is among the first of those who wait; told once.
         *
         * @param waits whether it still waits
         */
        default void isNext(BooleanSupplier waits) {}
    }

    private static final class Waiting {

        private final int priority;
        private final long bytes;
        private final long number;
        private final Task task;
        private boolean isTold;
        private volatile boolean isServed;

        Waiting(int priority, long bytes, long number, Task task) {
            this.priority = priority;
            this.bytes = bytes;
            this.number = number;
            this.task = task;
        }
    }

    private static final Comparator<Waiting> ORDER =
            Comparator.comparingInt((Waiting each) -> each.priority).reversed().thenComparingLong(each -> each.number);

    private final Executor executor;
    private final TreeSet<Waiting> waiting = new TreeSet<>(ORDER);
    private final int mostEnding;
    private final int ahead;
    private final long memory;
    private long freeMemory;
    private int free;
    private int ending;
    private long next;

    /**
     * Slots that are all free.
     *
     * @param memory how many bytes there are for all together
     * @param ahead how many of those who wait are told that they are next
     * @param executor where tasks run; it need not bound anything
     */
    KernelSlots(int slots, long memory, int ahead, Executor executor) {
        this.memory = memory;
        this.freeMemory = memory;
        this.free = slots;
        this.mostEnding = slots;
        this.ahead = ahead;
        this.executor = executor;
    }

    /**
     * Runs the task as soon as a slot and memory are free for it; higher priorities first.
     *
     * @param bytes the memory it needs; all there is if that is less
     */
    void submit(int priority, long bytes, Task task) {
        synchronized (this) {
            waiting.add(new Waiting(priority, Math.min(bytes, memory), next++, task));
        }
        serve();
    }

    /** How many tasks wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How much waits and runs now. */
    synchronized EngineLoad load() {
        return new EngineLoad(waiting.size(), mostEnding - free, ending, mostEnding);
    }

    private void serve() {
        for (Waiting first = takeFirst(); first != null; first = takeFirst()) {
            Task task = first.task;
            Slot slot = new Slot(first.bytes);
            executor.execute(() -> task.run(slot));
        }
        for (Waiting each : toldNow()) {
            executor.execute(() -> each.task.isNext(() -> !each.isServed));
        }
    }

    private synchronized @Nullable Waiting takeFirst() {
        if (free == 0 || waiting.isEmpty()) {
            return null;
        }
        Waiting first = waiting.first();
        if (first.bytes > freeMemory) {
            first = free > 1 ? firstWithoutMemory() : null;
        }
        if (first != null) {
            waiting.remove(first);
            free--;
            freeMemory -= first.bytes;
            first.isServed = true;
        }
        return first;
    }

    private @Nullable Waiting firstWithoutMemory() {
        return waiting.stream().filter(each -> each.bytes == 0).findFirst().orElse(null);
    }

    /** Those who have just become one of the next. */
    private synchronized List<Waiting> toldNow() {
        List<Waiting> told = new ArrayList<>();
        waiting.stream().limit(ahead).filter(each -> !each.isTold).forEach(each -> {
            each.isTold = true;
            told.add(each);
        });
        return told;
    }

    /** The place of one kernel. */
    final class Slot {

        private final long bytes;
        private boolean isEnding;
        private boolean isReleased;

        private Slot(long bytes) {
            this.bytes = bytes;
        }

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

        /** The kernel has ended, and what it held is free. */
        void release() {
            synchronized (KernelSlots.this) {
                if (isReleased) {
                    return;
                }
                isReleased = true;
                freeMemory += bytes;
                if (isEnding) {
                    ending--;
                } else {
                    free++;
                }
            }
            serve();
        }
    }
}
