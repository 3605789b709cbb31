package io.camelnotebook.execution;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Kernels on which a notebook's definitions have run, and that wait for the next call. They hold no slot, and so are few: those
 * that wait the longest go first, and all after a while. Thread-safe.
 */
public final class KeptKernels {

    /** A worker on another machine is not told when a job has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Kept(String owner, long bytes, FunctionKernel kernel) {

        // Two are never the same, whatever they hold.
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private final int most;
    private final Duration patience;
    private final Executor executor;
    private final Deque<Kept> idle = new ArrayDeque<>();
    private boolean closed;

    KeptKernels(int most, Executor executor) {
        this(most, PATIENCE, executor);
    }

    /**
     * None yet.
     *
     * @param most how many slots there are
     * @param patience how long one may wait
     * @param executor where kernels are ended, which takes a moment each
     */
    KeptKernels(int most, Duration patience, Executor executor) {
        this.most = most;
        this.patience = patience;
        this.executor = executor;
    }

    /** Takes a kernel of an owner, if one waits: whoever does gives it back, or ends it. */
    public Optional<FunctionKernel> take(String owner) {
        List<Kept> dead = new ArrayList<>();
        Optional<FunctionKernel> taken = Optional.empty();
        synchronized (this) {
            for (Iterator<Kept> newest = idle.descendingIterator(); newest.hasNext() && taken.isEmpty(); ) {
                Kept kept = newest.next();
                if (kept.owner().equals(owner)) {
                    newest.remove();
                    if (kept.kernel().isDead()) {
                        dead.add(kept);
                    } else {
                        taken = Optional.of(kept.kernel());
                    }
                }
            }
        }
        end(dead);
        return taken;
    }

    /**
     * Keeps a kernel for the next call.
     *
     * @param owner who may take it
     * @param bytes the memory that it said it needs, 0 if none
     */
    public void keep(String owner, long bytes, FunctionKernel kernel) {
        Kept kept = new Kept(owner, bytes, kernel);
        List<Kept> surplus = new ArrayList<>();
        synchronized (this) {
            idle.add(kept);
            // Whoever has the next slot may take any of them: those of two jobs, say, that have the slots in turn.
            while (idle.size() > (closed ? 0 : 2 * most)) {
                surplus.add(idle.remove());
            }
        }
        end(surplus);
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> end(remove(other -> other.equals(kept))));
    }

    /** Somebody is about to start another kernel, in a slot: no more than there are slots wait beside those that have one. */
    public void beforeStart() {
        List<Kept> surplus = new ArrayList<>();
        synchronized (this) {
            while (idle.size() > most) {
                surplus.add(idle.remove());
            }
        }
        end(surplus);
    }

    /** Ends the kernels of an owner who needs none any more. Returns at once. */
    public void end(String owner) {
        end(remove(kept -> kept.owner().equals(owner)));
    }

    /** Ends those that take memory from somebody else, who said how much he needs; waits until it is free. */
    void makeRoom(String owner) {
        List<Kept> ended = remove(kept -> kept.bytes() > 0 && !kept.owner().equals(owner));
        ended.forEach(kept -> kept.kernel().end());
    }

    /** Ends all, and those that are given back from now on. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        end(remove(kept -> true));
    }

    private synchronized List<Kept> remove(Predicate<Kept> which) {
        List<Kept> removed = idle.stream().filter(which).toList();
        idle.removeAll(removed);
        return removed;
    }

    private void end(List<Kept> kernels) {
        kernels.forEach(kept -> executor.execute(kept.kernel()::end));
    }
}
