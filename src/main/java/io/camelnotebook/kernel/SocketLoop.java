package io.camelnotebook.kernel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix domain sockets of all kernels, on one thread that does nothing but move bytes: a kernel that nobody reads from
 * stands still. Thread-safe.
 */
final class SocketLoop implements AutoCloseable {

    /** What becomes ready. It is called on the loop's thread. */
    @FunctionalInterface
    interface Handler {
        void ready(SelectionKey key) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);
    private static final int BUFFER_SIZE = 1 << 18;

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /** For whatever is read: it is emptied before anything else is. Owned by the thread. */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);

    /** Starts the thread. */
    SocketLoop() throws IOException {
        selector = Selector.open();
        thread = new Thread(this::loop, "notebook-sockets");
        thread.setDaemon(true);
        thread.start();
    }

    /** Listens at a path, where a kernel is to connect. Nothing is read yet. */
    SocketConnection listen(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            server.configureBlocking(false);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new SocketConnection(this, server, path);
    }

    /** Closes all sockets and ends the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the thread do something. */
    void command(Runnable command) {
        commands.add(command);
        selector.wakeup();
    }

    /** On the thread: watches a channel. */
    SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    private void loop() {
        try {
            while (!closed) {
                selector.select(SocketLoop::handle);
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException | RuntimeException e) {
            LOG.error("The sockets of all kernels broke down", e);
        }
    }

    private static void handle(SelectionKey key) {
        try {
            ((Handler) key.attachment()).ready(key);
        } catch (IOException e) {
            LOG.debug("A kernel's socket is gone", e);
            closeQuietly(key.channel());
        }
    }

    static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            LOG.debug("Closing a kernel's socket", e);
        }
    }
}
