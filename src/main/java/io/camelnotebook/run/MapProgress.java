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
    private final Map<Integer, Chunk> failed = new HashMap<>();
    private final TreeMap<Long, Chunk> waiting = new TreeMap<>();
    private int chunks;
    private long next;
    private long done;

    /**
     * A map none of whose chunks is on its way.
     *
     * @param source has the items after those of the earlier chunks
     * @param ordered whether results are written in the order of the items
     * @param earlier what was done before it went on here
     */
    MapProgress(ItemSource source, ChunkSize size, boolean ordered, EarlierChunks earlier) {
        this.source = source;
        this.size = size;
        this.ordered = ordered;
        this.chunks = earlier.chunks();
        this.next = earlier.next();
        this.done = earlier.done();
        left.addAll(earlier.left());
        earlier.waiting().forEach(chunk -> waiting.put(chunk.slice().first(), chunk));
    }

    /**
     * Takes the chunk that is next; empty if there is none now.
     *
     * @throws IOException if the items cannot be read
     */
    Optional<Chunk> take() throws IOException {
        Optional<Chunk> taken = Optional.ofNullable(again.poll());
        if (taken.isEmpty()) {
            taken = nextSlice().map(slice -> new Chunk(++chunks, slice, 1));
        }
        taken.ifPresent(chunk -> inFlight.put(chunk.number(), chunk));
        return taken;
    }

    private Optional<Slice> nextSlice() throws IOException {
        int most = size.next(source.left());
        if (left.isEmpty()) {
            return source.next(most);
        }
        Slice slice = left.remove();
        if (slice.items() <= most) {
            return Optional.of(slice);
        }
        Slice part = source.firstOf(slice, most);
        left.addFirst(slice.after(part.items(), part.to()));
        return Optional.of(part);
    }

    /** The chunk of that number, if it is on its way. */
    Optional<Chunk> inFlight(int number) {
        return Optional.ofNullable(inFlight.get(number));
    }

    /** How many chunks are on their way. */
    int inFlight() {
        return inFlight.size();
    }

    /**
     * A chunk has been done, or its first items have.
     *
     * @param items how many, from 1
     * @param to where the item after them begins
     */
    void done(int number, int items, long to, double seconds) {
        Chunk chunk = remove(number);
        size.measured(items, seconds);
        Slice slice = chunk.slice();
        if (items < slice.items()) {
            left.add(slice.after(items, to));
        }
        done += items;
        waiting.put(slice.first(), new Chunk(number, slice.first(items, to), chunk.attempt()));
    }

    /** Takes the chunks whose results are to be written now, in this order. */
    List<Chunk> takeWritable() {
        List<Chunk> writable = new ArrayList<>();
        while (!waiting.isEmpty() && (!ordered || waiting.firstKey() == next)) {
            Chunk first = waiting.pollFirstEntry().getValue();
            next += first.slice().items();
            writable.add(first);
        }
        return writable;
    }

    /** A chunk has failed, and is to be done again once it is {@link #due}. */
    void failed(int number) {
        Chunk chunk = remove(number);
        failed.put(number, new Chunk(number, chunk.slice(), chunk.attempt() + 1));
    }

    /** A chunk that has failed may be done again; says whether there is one. */
    boolean due(int number) {
        Chunk chunk = failed.remove(number);
        return chunk != null && again.add(chunk);
    }

    /**
     * A chunk has failed, and its halves are to be done in its place.
     *
     * @throws IOException if its items cannot be read
     */
    void halve(int number) throws IOException {
        Slice slice = remove(number).slice();
        Slice half = source.firstOf(slice, slice.items() / 2);
        left.addFirst(slice.after(half.items(), half.to()));
        left.addFirst(half);
    }

    /** A chunk has failed, and nobody does it again. */
    void dropped(int number) {
        remove(number);
    }

    private Chunk remove(int number) {
        Chunk chunk = inFlight.remove(number);
        if (chunk == null) {
            throw new IllegalArgumentException("chunk " + number + " is not on its way");
        }
        return chunk;
    }

    /**
     * Whether all items have been done, and nothing waits for its results to be written.
     *
     * @throws IOException if nobody can tell whether there are more
     */
    boolean isOver() throws IOException {
        return left.isEmpty()
                && again.isEmpty()
                && inFlight.isEmpty()
                && failed.isEmpty()
                && waiting.isEmpty()
                && !source.hasNext();
    }

    /** How many items have been done. */
    long done() {
        return done;
    }
}
