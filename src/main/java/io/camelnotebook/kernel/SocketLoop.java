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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** A kernel that rests is not read from before that time, by {@link System#nanoTime()}. */
    private record Rest(SelectionKey key, long end) {}

    private static final long REST = Duration.ofMillis(1).toNanos();

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /** Owned by the thread, those that end first at the beginning. */
    private final Deque<Rest> rests = new ArrayDeque<>();

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

    /**
     * On the thread: reads nothing from a channel for a millisecond. What comes meanwhile is read at once, and wakes
     * nobody when it comes: for a flood of small messages that is most of their cost, here and in the kernel.
     */
    void rest(SelectionKey key) {
        key.interestOpsAnd(~SelectionKey.OP_READ);
        rests.add(new Rest(key, System.nanoTime() + REST));
    }

    private void endRests() {
        long now = System.nanoTime();
        while (!rests.isEmpty() && rests.element().end() - now <= 0) {
            SelectionKey key = rests.remove().key();
            if (key.isValid()) {
                key.interestOpsOr(SelectionKey.OP_READ);
            }
        }
    }

    ByteBuffer buffer() {
        return buffer;
    }

    private void loop() {
        try {
            while (!closed) {
                selector.select(SocketLoop::handle, rests.isEmpty() ? 0 : 1);
                endRests();
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

    /** On the thread: lets a channel's handler see what there is. */
    static void handle(SelectionKey key) {
        try {
            if (key.isValid()) {
                ((Handler) key.attachment()).ready(key);
            }
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
