package io.camelnotebook.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes commands and messages of what the far end of a ZeroMQ connection sends. Not thread-safe.
 */
final class ZmtpReader extends ByteReader {

    /** Whom it tells. */
    interface Listener {

        /** The far end has greeted us. */
        void greeted();

        /**
         * The far end sends a command.
         *
         * @throws UnreadableException if it is one that ends the connection
         */
        void command(String name, ByteBuffer data) throws UnreadableException;

        void message(List<byte[]> frames);
    }

    private static final int MOST_FRAMES = 100_000;
    private static final int LONGEST_FRAME = Integer.MAX_VALUE - 8;

    private final Listener listener;
    private final ByteBuffer greeting;
    private final ByteBuffer head = ByteBuffer.allocate(Zmtp.LONG_HEAD);
    private List<byte[]> frames = new ArrayList<>(7);

    ZmtpReader(Listener listener) {
        this(listener, ByteBuffer.allocate(Zmtp.GREETING));
    }

    private ZmtpReader(Listener listener, ByteBuffer greeting) {
        super(greeting);
        this.listener = listener;
        this.greeting = greeting;
    }

    @Override
    ByteBuffer next(ByteBuffer full) throws UnreadableException {
        if (full == greeting) {
            if (!Zmtp.isGreeting(greeting)) {
                throw UnreadableException.found("a greeting that is not of ZMTP 3 without security");
            }
            listener.greeted();
            return head.limit(Zmtp.SHORT_HEAD);
        }
        if (full != head) {
            frame(full.array());
            return head.clear().limit(Zmtp.SHORT_HEAD);
        }
        if (is(Zmtp.LONG) && head.limit() == Zmtp.SHORT_HEAD) {
            return head.limit(Zmtp.LONG_HEAD);
        }
        long length = is(Zmtp.LONG) ? head.getLong(1) : Byte.toUnsignedInt(head.get(1));
        if (length < 0 || length > LONGEST_FRAME || frames.size() == MOST_FRAMES) {
            throw UnreadableException.found("a frame of " + length + " bytes after " + frames.size() + " others");
        }
        return ByteBuffer.allocate((int) length);
    }

    private boolean is(int flag) {
        return (head.get(0) & flag) != 0;
    }

    private void frame(byte[] frame) throws UnreadableException {
        if (is(Zmtp.COMMAND)) {
            int length = frame.length == 0 ? 0 : Byte.toUnsignedInt(frame[0]);
            if (length == 0 || length >= frame.length) {
                throw UnreadableException.found("a command without a name");
            }
            ByteBuffer data = ByteBuffer.wrap(frame, 1 + length, frame.length - 1 - length)
                    .slice();
            listener.command(new String(frame, 1, length, StandardCharsets.US_ASCII), data);
            return;
        }
        frames.add(frame);
        if (!is(Zmtp.MORE)) {
            List<byte[]> message = frames;
            frames = new ArrayList<>(7);
            listener.message(message);
        }
    }
}
