package io.camelnotebook.kernel;

import java.nio.ByteBuffer;

/**
 * Makes sense of a stream of bytes, however it is cut into pieces: part by part, each of which has a buffer that it fills. A byte
 * is copied once. Not thread-safe.
 */
abstract class ByteReader {

    private ByteBuffer part;

    ByteReader(ByteBuffer first) {
        part = first;
    }

    /**
     * Takes all that there is.
     *
     * @throws UnreadableException if it cannot be understood; nothing after it can
     */
    final void read(ByteBuffer source) throws UnreadableException {
        while (true) {
            int count = Math.min(source.remaining(), part.remaining());
            part.put(part.position(), source, source.position(), count);
            part.position(part.position() + count);
            source.position(source.position() + count);
            if (part.hasRemaining()) {
                return;
            }
            part = next(part);
        }
    }

    /** What is to be filled next, now that a part is full; it may be the same one with more room. */
    abstract ByteBuffer next(ByteBuffer full) throws UnreadableException;
}
