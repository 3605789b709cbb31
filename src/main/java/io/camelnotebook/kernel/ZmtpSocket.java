package io.camelnotebook.kernel;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of our ZeroMQ sockets, which is connected to one of a kernel's: again and again until somebody listens there, and anew
 * should the connection end. For the loop's thread.
 */
final class ZmtpSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ZmtpSocket.class);

    /** A kernel is connected to before it listens. More would show in the time of its start, less in the CPU time of many. */
    private static final Duration TRY_AGAIN = Duration.ofMillis(10);

    /** A SUB socket asks for all messages that begin with nothing. */
    private static final byte[] SUBSCRIPTION = {1};

    private final SocketLoop loop;
    private final Channel channel;
    private final InetSocketAddress address;
    private final FrameSink sink;
    private final FloodWatch flood;
    private final Runnable whenThere;

    /** Messages that wait until the kernel's end is ready for them. */
    private final List<ByteBuffer> waiting = new ArrayList<>();

    private @Nullable Connected connected;
    private boolean closed;

    /** @param whenThere is called each time that the kernel has been found to listen */
    ZmtpSocket(
            SocketLoop loop,
            Channel channel,
            InetSocketAddress address,
            FrameSink sink,
            FloodWatch flood,
            Runnable whenThere) {
        this.loop = loop;
        this.channel = channel;
        this.address = address;
        this.sink = sink;
        this.flood = flood;
        this.whenThere = whenThere;
    }

    /** Connects, unless it is connected or was closed. */
    void connect() {
        if (closed || connected != null) {
            return;
        }
        try {
            SocketChannel tcp = SocketChannel.open();
            try {
                tcp.configureBlocking(false);
                boolean there = tcp.connect(address);
                // Only now: most tries end here, before a kernel listens.
                connected = new Connected(tcp);
                if (there) {
                    connected.greet();
                }
            } catch (IOException e) {
                connectAgain(tcp, e);
            }
        } catch (IOException e) {
            sink.broken("it cannot be connected to: " + e.getMessage() + "; is the limit of open files reached?");
        }
    }

    void send(ByteBuffer message) {
        if (connected == null || !connected.ready) {
            waiting.add(message);
        } else {
            connected.send(message);
        }
    }

    void close() {
        closed = true;
        if (connected != null) {
            SocketLoop.closeQuietly(connected.tcp);
            connected = null;
        }
    }

    private void connectAgain(SocketChannel tcp, IOException why) {
        LOG.trace("No connection with {}", address, why);
        SocketLoop.closeQuietly(tcp);
        connected = null;
        loop.after(TRY_AGAIN, this::connect);
    }

    /** One connection of TCP, which may still be on its way. */
    private final class Connected implements ZmtpReader.Listener {

        private final SocketChannel tcp;
        private final SelectionKey key;
        private final ZmtpReader reader = new ZmtpReader(this);
        private final SendQueue unsent = new SendQueue();
        private boolean ready;

        Connected(SocketChannel tcp) throws IOException {
            this.tcp = tcp;
            key = loop.register(tcp, SelectionKey.OP_CONNECT, this::handle);
        }

        void greet() throws IOException {
            tcp.setOption(StandardSocketOptions.TCP_NODELAY, true);
            unsent.add(Zmtp.greeting());
            unsent.writeTo(key);
            whenThere.run();
        }

        void send(ByteBuffer message) {
            unsent.add(message);
            try {
                unsent.writeTo(key);
            } catch (IOException e) {
                connectAgain(tcp, e);
            }
        }

        private void handle(SelectionKey key) {
            try {
                if (key.isConnectable()) {
                    tcp.finishConnect();
                    greet();
                } else {
                    move();
                }
            } catch (UnreadableException e) {
                if (ready) {
                    sink.broken(String.valueOf(e.getMessage()));
                    close();
                } else {
                    // Another program has the port; the kernel will tell so.
                    connectAgain(tcp, e);
                }
            } catch (IOException e) {
                connectAgain(tcp, e);
            }
        }

        private void move() throws IOException {
            int count = key.isReadable() ? loop.read(tcp, reader) : 0;
            if (count < 0) {
                throw new EOFException("the kernel has closed the connection");
            }
            if (!unsent.isEmpty()) {
                unsent.writeTo(key);
            }
            if (channel == Channel.IOPUB && flood.isFlood(count)) {
                loop.rest(key);
            }
        }

        @Override
        public void greeted() {
            unsent.add(Zmtp.ready(channel == Channel.IOPUB ? "SUB" : "DEALER"));
        }

        @Override
        public void command(String name, ByteBuffer data) throws UnreadableException {
            switch (name) {
                case Zmtp.READY -> {
                    ready = true;
                    if (channel == Channel.IOPUB) {
                        unsent.add(Zmtp.message(List.of(SUBSCRIPTION)));
                    }
                    waiting.forEach(unsent::add);
                    waiting.clear();
                }
                case Zmtp.PING -> unsent.add(Zmtp.pong(data));
                case Zmtp.ERROR -> throw UnreadableException.found("an error");
                default -> LOG.debug("{} sent the command {}", address, name);
            }
        }

        @Override
        public void message(List<byte[]> frames) {
            sink.received(channel, frames);
        }
    }
}
