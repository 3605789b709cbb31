package io.camelnotebook.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is said on a connection of ZeroMQ, as bytes: a greeting, then frames, which make commands and messages.
 *
 * @see <a href="https://rfc.zeromq.org/spec/23/">ZMTP 3.0</a>
 */
final class Zmtp {

    /** A flag of a frame: another one of the same message follows. */
    static final int MORE = 1;

    /** A flag of a frame: its length is told in 8 bytes, not in one. */
    static final int LONG = 2;

    /** A flag of a frame: it is a command. */
    static final int COMMAND = 4;

    /** How long flags and length are. */
    static final int SHORT_HEAD = 1 + 1;

    /** How long flags and length are where it is a long one. */
    static final int LONG_HEAD = 1 + Long.BYTES;

    /** How long a greeting is. */
    static final int GREETING = 64;

    /** The command after which messages may follow. */
    static final String READY = "READY";

    /** The command that ends a connection. */
    static final String ERROR = "ERROR";

    /** The command that asks whether we are still there. */
    static final String PING = "PING";

    private static final int VERSION = 3;
    private static final int VERSION_AT = 10;
    private static final byte[] MECHANISM = ascii("NULL\0");
    private static final int MECHANISM_AT = 12;
    private static final int TIME_TO_LIVE = 2;

    /** The longest context of a ping; a longer one, which nobody may send, would not fit our short command. */
    private static final int LONGEST_CONTEXT = 16;

    private static final int LONGEST_OF_SHORT = 255;

    private Zmtp() {}

    /** Our greeting. It asks for no security: Jupyter's messages are signed. */
    static ByteBuffer greeting() {
        ByteBuffer greeting = ByteBuffer.allocate(GREETING);
        greeting.put(0, (byte) 0xFF).put(9, (byte) 0x7F).put(VERSION_AT, (byte) VERSION);
        return greeting.put(MECHANISM_AT, MECHANISM);
    }

    /** Whether this is a greeting that ours goes with: of version 3 or newer, without security. */
    static boolean isGreeting(ByteBuffer greeting) {
        return greeting.get(0) == (byte) 0xFF
                && (greeting.get(9) & 1) == 1
                && greeting.get(VERSION_AT) >= VERSION
                && greeting.slice(MECHANISM_AT, MECHANISM.length).equals(ByteBuffer.wrap(MECHANISM));
    }

    /** The command that tells the type of our socket. */
    static ByteBuffer ready(String socketType) {
        byte[] name = ascii("Socket-Type");
        byte[] type = ascii(socketType);
        ByteBuffer data = ByteBuffer.allocate(1 + name.length + Integer.BYTES + type.length);
        data.put((byte) name.length).put(name).putInt(type.length).put(type);
        return command(READY, data.flip());
    }

    /** The answer to a ping, of the ping's data: a time to live, which is left out, and what is to come back. */
    static ByteBuffer pong(ByteBuffer data) {
        int context = Math.min(TIME_TO_LIVE, data.limit());
        return command("PONG", data.slice(context, Math.min(LONGEST_CONTEXT, data.limit() - context)));
    }

    private static ByteBuffer command(String name, ByteBuffer data) {
        byte[] text = ascii(name);
        int length = 1 + text.length + data.remaining();
        ByteBuffer frame = ByteBuffer.allocate(SHORT_HEAD + length);
        frame.put((byte) COMMAND).put((byte) length);
        return frame.put((byte) text.length).put(text).put(data).flip();
    }

    static ByteBuffer message(List<byte[]> frames) {
        ByteBuffer message = ByteBuffer.allocate(
                frames.stream().mapToInt(frame -> LONG_HEAD + frame.length).sum());
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            int more = i < frames.size() - 1 ? MORE : 0;
            if (frame.length <= LONGEST_OF_SHORT) {
                message.put((byte) more).put((byte) frame.length);
            } else {
                message.put((byte) (more | LONG)).putLong(frame.length);
            }
            message.put(frame);
        }
        return message.flip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
