package io.camelnotebook.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many kernels are alive at once. Tasks wait here, by priority and then by the order they came, without a
 * thread. A kernel that only has to end need not hold its slot, as long as no more of these are alive than there are
 * slots. Thread-safe.
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
        private final long number;
        private final Task task;
        private boolean isTold;
        private volatile boolean isServed;

        Waiting(int priority, long number, Task task) {
            this.priority = priority;
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
    private int free;
    private int ending;
    private long next;

    /**
     * Slots that are all free.
     *
     * @param ahead how many of those who wait are told that they are next
     * @param executor where tasks run; it need not bound anything
     */
    KernelSlots(int slots, int ahead, Executor executor) {
        this.free = slots;
        this.mostEnding = slots;
        this.ahead = ahead;
        this.executor = executor;
    }

    /** Runs the task as soon as a slot is free for it; higher priorities first. */
    void submit(int priority, Task task) {
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
            Task task = first.task;
            executor.execute(() -> task.run(new Slot()));
        }
        for (Waiting each : toldNow()) {
            executor.execute(() -> each.task.isNext(() -> !each.isServed));
        }
    }

    private synchronized @Nullable Waiting takeFirst() {
        if (free == 0 || waiting.isEmpty()) {
            return null;
        }
        free--;
        Waiting first = waiting.pollFirst();
        first.isServed = true;
        return first;
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
