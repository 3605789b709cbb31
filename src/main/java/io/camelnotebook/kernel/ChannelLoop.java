package io.camelnotebook.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The sockets of all kernels, on one thread that does nothing but move frames. A ZeroMQ socket belongs to one thread,
 * and a kernel's PUB socket drops messages when its reader is slow: so one thread owns all sockets, never parses, and
 * waits for sockets and for commands alike. Thread-safe.
 */
public final class ChannelLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLoop.class);

    /** A kernel is connected to before it listens; ZeroMQ's own 100 ms would be a third of a kernel's start. */
    private static final int RECONNECT_MILLIS = 10;

    /** So that a kernel in a flood of output does not keep the others from being heard. */
    private static final int MESSAGES_AT_A_TURN = 1_000;

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Wakeup wakeup;
    private final Thread thread;
    private volatile boolean closed;

    // Owned by the thread.
    private final ZContext context = new ZContext();
    private final ZMQ.Poller poller = context.createPoller(16);
    private final List<Socket> sockets = new ArrayList<>();

    /** Starts the thread. */
    public ChannelLoop() {
        try {
            wakeup = new Wakeup();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a socket; is the limit of open files reached?", e);
        }
        thread = new Thread(this::loop, "notebook-channels");
        thread.setDaemon(true);
        thread.start();
    }

    /** Connects to a kernel, which need not listen yet; frames that come go to the sink. */
    Connection connect(ConnectionInfo info, FrameSink sink) {
        Connection connection = new Connection(info, sink);
        command(connection::open);
        return connection;
    }

    /** Closes all sockets and ends the thread. */
    @Override
    public void close() {
        closed = true;
        wakeup.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void command(Runnable command) {
        commands.add(command);
        wakeup.wake();
    }

    private void loop() {
        try {
            poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
            while (!closed) {
                poller.poll(-1);
                wakeup.take();
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                for (Socket socket : sockets) {
                    socket.receive();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The channels of all kernels broke down", e);
        } finally {
            poller.close();
            context.close();
            wakeup.close();
        }
    }

    /** The channels to one kernel. Thread-safe. */
    final class Connection implements Carrier {

        private final ConnectionInfo info;
        private final FrameSink sink;
        private final Map<Channel, Socket> channels = new EnumMap<>(Channel.class);

        private Connection(ConnectionInfo info, FrameSink sink) {
            this.info = info;
            this.sink = sink;
        }

        @Override
        public void send(Channel channel, List<byte[]> frames) {
            command(() -> {
                Socket socket = channels.get(channel);
                if (socket != null) {
                    socket.send(frames);
                }
            });
        }

        @Override
        public void close() {
            command(() -> {
                channels.values().forEach(Socket::close);
                channels.clear();
            });
        }

        private void open() {
            for (Channel channel : Channel.values()) {
                channels.put(channel, new Socket(channel, info, sink));
            }
        }
    }

    /** One socket and its place in the poller. Owned by the loop's thread. */
    private final class Socket {

        private final Channel channel;
        private final FrameSink sink;
        private final ZMQ.Socket socket;
        /** Asked itself, not by its index in the poller, which changes when others leave. */
        private final ZMQ.PollItem item;

        Socket(Channel channel, ConnectionInfo info, FrameSink sink) {
            this.channel = channel;
            this.sink = sink;
            socket = context.createSocket(channel == Channel.IOPUB ? SocketType.SUB : SocketType.DEALER);
            socket.setLinger(0);
            // Unbounded: at a limit ZeroMQ would drop outputs without a word.
            socket.setRcvHWM(0);
            socket.setSndHWM(0);
            socket.setReconnectIVL(RECONNECT_MILLIS);
            if (channel == Channel.IOPUB) {
                socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
            }
            socket.connect(info.endpoint(channel));
            item = new ZMQ.PollItem(socket, ZMQ.Poller.POLLIN);
            poller.register(item);
            sockets.add(this);
        }

        void send(List<byte[]> frames) {
            for (int i = 0; i < frames.size(); i++) {
                socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
            }
        }

        void receive() {
            if (!item.isReadable()) {
                return;
            }
            for (int i = 0; i < MESSAGES_AT_A_TURN; i++) {
                byte[] frame = socket.recv(ZMQ.DONTWAIT);
                if (frame == null) {
                    return;
                }
                List<byte[]> frames = new ArrayList<>(7);
                frames.add(frame);
                while (socket.hasReceiveMore()) {
                    frames.add(socket.recv());
                }
                sink.received(channel, frames);
            }
        }

        void close() {
            poller.unregister(socket);
            sockets.remove(this);
            socket.close();
        }
    }
}
