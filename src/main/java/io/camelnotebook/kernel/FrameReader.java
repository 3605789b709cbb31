package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes messages of a stream of bytes: a byte that names the channel, the number of frames in 4 bytes, the length of each
 * in 8, and then the frames; most significant byte first. A frame is copied once, into its own array. Not thread-safe.
 */
final class FrameReader {

    private static final int START = 1 + Integer.BYTES;
    private static final int MOST_FRAMES = 100_000;
    private static final int LONGEST_FRAME = Integer.MAX_VALUE - 8;

    private final FrameSink sink;
    private final ByteBuffer start = ByteBuffer.allocate(START);
    private final List<byte[]> frames = new ArrayList<>(7);
    private ByteBuffer lengths = ByteBuffer.allocate(0);
    private ByteBuffer target = start;

    FrameReader(FrameSink sink) {
        this.sink = sink;
    }

    /** What comes before the frames of a message. */
    static ByteBuffer head(Channel channel, List<byte[]> frames) {
        ByteBuffer head = ByteBuffer.allocate(START + Long.BYTES * frames.size());
        head.put((byte) channel.ordinal()).putInt(frames.size());
        frames.forEach(frame -> head.putLong(frame.length));
        return head.flip();
    }

    /**
     * Takes all that there is; messages that are complete go to the sink.
     *
     * @throws IOException if that is no message; no more of it can be understood
     */
    void read(ByteBuffer source) throws IOException {
        while (true) {
            int count = Math.min(source.remaining(), target.remaining());
            target.put(target.position(), source, source.position(), count);
            target.position(target.position() + count);
            source.position(source.position() + count);
            if (target.hasRemaining()) {
                return;
            }
            advance();
        }
    }

    private void advance() throws IOException {
        if (target == start) {
            int count = start.getInt(1);
            if (start.get(0) < 0 || start.get(0) >= Channel.values().length || count < 0 || count > MOST_FRAMES) {
                throw new IOException("a message on channel " + start.get(0) + " of " + count + " frames");
            }
            lengths = ByteBuffer.allocate(Long.BYTES * count);
            target = lengths;
            return;
        }
        if (target == lengths) {
            lengths.flip();
        } else {
            frames.add(target.array());
        }
        if (lengths.hasRemaining()) {
            long length = lengths.getLong();
            if (length < 0 || length > LONGEST_FRAME) {
                throw new IOException("a frame of " + length + " bytes");
            }
            target = ByteBuffer.allocate((int) length);
        } else {
            sink.received(Channel.values()[start.get(0)], List.copyOf(frames));
            frames.clear();
            target = start.clear();
        }
    }
}
