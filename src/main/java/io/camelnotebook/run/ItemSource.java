package io.camelnotebook.run;

import io.camelnotebook.pipeline.MapItems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the items of a map are. It cuts slices off, one after the other. For one thread at a time. */
sealed interface ItemSource extends Closeable permits ItemLines, ItemRange {

    /**
     * The items of a job, from some item on.
     *
     * @param lines the file that has them, unless they are numbers
     * @param first the number of that item among all of the job
     * @param from where it begins; 0 for the beginning of all
     * @throws IOException if the file cannot be read
     */
    static ItemSource open(MapItems items, Path lines, long first, long from) throws IOException {
        return items instanceof MapItems.Numbers numbers
                ? new ItemRange(numbers, first)
                : new ItemLines(lines, first, from);
    }

    /**
     * The next items; empty if there are no more.
     *
     * @param most how many at most, from 1
     * @throws IOException if they cannot be read
     */
    Optional<Slice> next(int most) throws IOException;

    /**
     * Whether there are more.
     *
     * @throws IOException if nobody can tell
     */
    boolean hasNext() throws IOException;

    /** Where the next item begins, or what is before it and none. */
    long position();

    /** About how many items are left; {@link Long#MAX_VALUE} if nobody knows. */
    long left();

    /** How many items there are, as soon as that is known. */
    OptionalLong size();

    /**
     * The first items of a slice that was cut off before.
     *
     * @param items how many, fewer than it has
     * @throws IOException if they cannot be read
     */
    Slice firstOf(Slice slice, int items) throws IOException;

    /** What tells whoever computes with a slice where its items are. */
    MapCall.Chunk chunk(MapProgress.Chunk chunk, Path results, Optional<Long> limitMillis);

    @Override
    default void close() throws IOException {}
}
