package io.camelnotebook.kernel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of all kernels, on one thread that does nothing but move bytes: a kernel that nobody reads from stands still,
 * or drops what it has to say. Thread-safe.
 */
final class SocketLoop implements AutoCloseable {

    /** What becomes ready. It is called on the loop's thread. */
    @FunctionalInterface
    interface Handler {
        void ready(SelectionKey key) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);
    private static final int BUFFER_SIZE = 1 << 18;

    /** What is to be done at a time, by {@link System#nanoTime()}. */
    private record Later(long time, Runnable what) {}

    private static final Duration REST = Duration.ofMillis(1);

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    /** Owned by the thread. Times are compared by their difference, since that clock may pass the largest number. */
    private final Queue<Later> later = new PriorityQueue<>((a, b) -> Long.signum(a.time() - b.time()));

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
        after(REST, () -> {
            if (key.isValid()) {
                key.interestOpsOr(SelectionKey.OP_READ);
            }
        });
    }

    /** On the thread: does something after a time, to the millisecond. */
    void after(Duration time, Runnable what) {
        later.add(new Later(System.nanoTime() + time.toNanos(), what));
    }

    /**
     * On the thread: lets a reader have one buffer of what a socket has received, so that a kernel in a flood of output does
     * not keep the others from being heard.
     *
     * @return how many bytes there were, or -1 if the far end has closed the connection
     */
    int read(SocketChannel channel, ByteReader reader) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        try {
            reader.read(buffer.flip());
        } catch (OutOfMemoryError e) {
            throw UnreadableException.tooLarge();
        }
        return count;
    }

    /** Does what is due; returns how many milliseconds there are until something will be, 0 if nothing is to come. */
    private long doWhatIsDue() {
        while (!later.isEmpty()) {
            long left = later.element().time() - System.nanoTime();
            if (left > 0) {
                return TimeUnit.NANOSECONDS.toMillis(left) + 1;
            }
            later.remove().what().run();
        }
        return 0;
    }

    private void loop() {
        try {
            while (!closed) {
                selector.select(SocketLoop::handle, doWhatIsDue());
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
