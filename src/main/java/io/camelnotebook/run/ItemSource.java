package io.camelnotebook.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Where the items of a map are. It cuts slices off, one after the other. For one thread at a time. */
sealed interface ItemSource extends Closeable permits ItemLines, ItemRange {

    /**
     * The next items; empty if there are no more.
     *
     * @param most how many at most, from 1
     * @throws IOException if they cannot be read
     */
    Optional<Slice> next(int most) throws IOException;

    @Override
    default void close() throws IOException {}
}
