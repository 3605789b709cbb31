package io.camelnotebook.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that a thread can wait for beside its sockets. It is no pipe: an NIO channel is closed when a thread is
 * interrupted that writes to it, and a thread is interrupted when somebody cancels its job; a plain socket's stream is
 * not. {@link #wake} is for any thread, the rest for the one that waits.
 */
final class Wakeup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wakeup.class);

    private final AtomicBoolean pending = new AtomicBoolean();
    private final Socket sender;
    private final SocketChannel receiver;

    Wakeup() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            sender =
                    new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
            sender.setTcpNoDelay(true);
            receiver = acceptOwn(server);
            receiver.configureBlocking(false);
        }
    }

    /** Another program may have been quicker to connect. */
    private SocketChannel acceptOwn(ServerSocketChannel server) throws IOException {
        while (true) {
            SocketChannel accepted = server.accept();
            if (sender.getLocalSocketAddress().equals(accepted.getRemoteAddress())) {
                return accepted;
            }
            accepted.close();
        }
    }

    /** What becomes readable. */
    SelectableChannel channel() {
        return receiver;
    }

    /** Ends the wait, now or when it begins. */
    void wake() {
        if (pending.compareAndSet(false, true)) {
            try {
                sender.getOutputStream().write(1);
            } catch (IOException e) {
                LOG.debug("The loop has ended", e);
            }
        }
    }

    /** Makes the channel unreadable again; what was asked for before is to be done afterwards. */
    void take() throws IOException {
        // The byte may still be on its way; the flag is reset only once it is read, so at most one is ever in it.
        if (pending.get() && receiver.read(ByteBuffer.allocate(1)) == 1) {
            pending.set(false);
        }
    }

    @Override
    public void close() {
        try {
            sender.close();
            receiver.close();
        } catch (IOException e) {
            LOG.debug("Closing the wake-up sockets", e);
        }
    }
}
