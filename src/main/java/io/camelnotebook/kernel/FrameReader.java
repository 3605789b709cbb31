package io.camelnotebook.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes messages of a stream of bytes: a byte that names the channel, the number of frames in 4 bytes, the length of each
 * in 8, and then the frames; most significant byte first. Not thread-safe.
 */
final class FrameReader extends ByteReader {

    private static final int START = 1 + Integer.BYTES;
    private static final int MOST_FRAMES = 100_000;
    private static final int LONGEST_FRAME = Integer.MAX_VALUE - 8;

    private final FrameSink sink;
    private final ByteBuffer start;
    private final List<byte[]> frames = new ArrayList<>(7);
    private ByteBuffer lengths = ByteBuffer.allocate(0);

    FrameReader(FrameSink sink) {
        this(sink, ByteBuffer.allocate(START));
    }

    private FrameReader(FrameSink sink, ByteBuffer start) {
        super(start);
        this.sink = sink;
        this.start = start;
    }

    /** What comes before the frames of a message. */
    static ByteBuffer head(Channel channel, List<byte[]> frames) {
        ByteBuffer head = ByteBuffer.allocate(START + Long.BYTES * frames.size());
        head.put((byte) channel.ordinal()).putInt(frames.size());
        frames.forEach(frame -> head.putLong(frame.length));
        return head.flip();
    }

    @Override
    ByteBuffer next(ByteBuffer full) throws UnreadableException {
        if (full == start) {
            int count = start.getInt(1);
            if (start.get(0) < 0 || start.get(0) >= Channel.values().length || count < 0 || count > MOST_FRAMES) {
                throw UnreadableException.found("a message on channel " + start.get(0) + " of " + count + " frames");
            }
            lengths = ByteBuffer.allocate(Long.BYTES * count);
            return lengths;
        }
        if (full == lengths) {
            lengths.flip();
        } else {
            frames.add(full.array());
        }
        if (lengths.hasRemaining()) {
            long length = lengths.getLong();
            if (length < 0 || length > LONGEST_FRAME) {
                throw UnreadableException.found("a frame of " + length + " bytes");
            }
            return ByteBuffer.allocate((int) length);
        }
        sink.received(Channel.values()[start.get(0)], List.copyOf(frames));
        frames.clear();
        return start.clear();
    }
}
