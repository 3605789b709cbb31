package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be written to a socket as soon as it takes it. For the loop's thread. */
final class SendQueue {

    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();

    void add(ByteBuffer bytes) {
        unsent.add(bytes);
    }

    /** Writes what the socket takes now; if that is not all, its handler hears when it takes more. */
    void writeTo(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        while (!unsent.isEmpty()) {
            channel.write(unsent.element());
            if (unsent.element().hasRemaining()) {
                break;
            }
            unsent.remove();
        }
        key.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    boolean isEmpty() {
        return unsent.isEmpty();
    }

    void clear() {
        unsent.clear();
    }
}
