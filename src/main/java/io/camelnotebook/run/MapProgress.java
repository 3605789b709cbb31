package io.camelnotebook.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A map that goes on: which of its chunks are on their way, what is left of others, and whose results are next. Chunks that
 * come back early or have to be done again go first, so that few results wait for them. Not thread-safe.
 */
final class MapProgress {

    /**
     * Items that go to a kernel together.
     *
     * @param number which chunk of the map it is, from 1, in the order of their making
     * @param attempt which try this is, from 1
     */
    record Chunk(int number, Slice slice, int attempt) {}

    private final ItemSource source;
    private final ChunkSize size;
    private final boolean ordered;
    private final Deque<Slice> left = new ArrayDeque<>();
    private final Deque<Chunk> again = new ArrayDeque<>();
    private final Map<Integer, Chunk> inFlight = new HashMap<>();
    private final TreeMap<Long, Chunk> waiting = new TreeMap<>();
    private int chunks;
    private long written;
    private boolean isExhausted;

    /**
     * A map none of whose chunks is on its way.
     *
     * @param ordered whether results are written in the order of the items
     * @param chunks how many there were before it went on here
     * @param written how many items have their results written, which are the first ones if it is ordered
     */
    MapProgress(ItemSource source, ChunkSize size, boolean ordered, int chunks, long written) {
        this.source = source;
        this.size = size;
        this.ordered = ordered;
        this.chunks = chunks;
        this.written = written;
    }

    /**
     * Takes the chunk that is next; empty if there is none now.
     *
     * @throws IOException if the items cannot be read
     */
    Optional<Chunk> take() throws IOException {
        Optional<Chunk> next = Optional.ofNullable(again.poll());
        if (next.isEmpty()) {
            next = nextSlice().map(slice -> new Chunk(++chunks, slice, 1));
        }
        next.ifPresent(chunk -> inFlight.put(chunk.number(), chunk));
        return next;
    }

    private Optional<Slice> nextSlice() throws IOException {
        if (!left.isEmpty()) {
            return Optional.of(left.remove());
        }
        Optional<Slice> slice = isExhausted ? Optional.empty() : source.next(size.next());
        isExhausted = slice.isEmpty();
        return slice;
    }

    /**
     * A chunk has been done, or its first items have.
     *
     * @param items how many, from 1
     * @param next where the item after them begins
     * @return the chunks whose results are to be written now, in this order
     */
    List<Chunk> done(int number, int items, long next, double seconds) {
        Chunk chunk = remove(number);
        size.measured(items, seconds);
        Slice slice = chunk.slice();
        if (items < slice.items()) {
            left.add(slice.after(items, next));
        }
        Slice done = new Slice(slice.first(), items, slice.from(), next);
        waiting.put(done.first(), new Chunk(number, done, chunk.attempt()));
        List<Chunk> toWrite = new ArrayList<>();
        while (!waiting.isEmpty() && (!ordered || waiting.firstKey() == written)) {
            Chunk first = waiting.pollFirstEntry().getValue();
            written += first.slice().items();
            toWrite.add(first);
        }
        return toWrite;
    }

    /** A chunk has failed, and is to be done again. */
    void failed(int number) {
        Chunk chunk = remove(number);
        again.add(new Chunk(number, chunk.slice(), chunk.attempt() + 1));
    }

    private Chunk remove(int number) {
        Chunk chunk = inFlight.remove(number);
        if (chunk == null) {
            throw new IllegalArgumentException("chunk " + number + " is not on its way");
        }
        return chunk;
    }

    /** Whether {@link #take} has found that there are no more items, and the results of all are written. */
    boolean isOver() {
        return isExhausted && left.isEmpty() && again.isEmpty() && inFlight.isEmpty() && waiting.isEmpty();
    }

    /** How many items have their results written. */
    long written() {
        return written;
    }
}
