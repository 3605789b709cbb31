package io.camelnotebook.execution;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Bounds how many kernels are alive at once. Tasks wait here, by priority and then by the order they came, without a
 * thread. Thread-safe.
 */
final class KernelSlots {

    private record Waiting(int priority, long number, Runnable task) {}

    private final Executor executor;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingInt(Waiting::priority).reversed().thenComparingLong(Waiting::number));
    private int free;
    private long next;

    /**
     * Slots that are all free.
     *
     * @param executor where tasks run; it need not bound anything
     */
    KernelSlots(int slots, Executor executor) {
        this.free = slots;
        this.executor = executor;
    }

    /** Runs the task as soon as a slot is free for it; higher priorities first. The task gives its slot back itself. */
    void submit(int priority, Runnable task) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(new Waiting(priority, next++, task));
                return;
            }
            free--;
        }
        executor.execute(task);
    }

    /** Gives a slot back; whoever waits first gets it. */
    void release() {
        Waiting first;
        synchronized (this) {
            first = waiting.poll();
            if (first == null) {
                free++;
                return;
            }
        }
        executor.execute(first.task());
    }

    /** How many tasks wait. */
    synchronized int waiting() {
        return waiting.size();
    }
}
