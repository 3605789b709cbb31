package io.camelnotebook.kernel;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The channels to one kernel, a ZeroMQ socket each. Thread-safe. */
final class ZmtpConnection implements Carrier {

    private final SocketLoop loop;

    // Owned by the loop's thread.
    private final FloodWatch flood = new FloodWatch();
    private final Map<Channel, ZmtpSocket> sockets = new EnumMap<>(Channel.class);

    /** Connects to a kernel, which need not listen yet; frames that come go to the sink. */
    ZmtpConnection(SocketLoop loop, ConnectionInfo info, FrameSink sink) {
        this.loop = loop;
        loop.command(() -> {
            ZmtpSocket control = add(Channel.CONTROL, info, sink, () -> {});
            ZmtpSocket iopub = add(Channel.IOPUB, info, sink, () -> {});
            // Until one listens, there is no need to try them all.
            ZmtpSocket shell = add(Channel.SHELL, info, sink, () -> {
                control.connect();
                iopub.connect();
            });
            shell.connect();
        });
    }

    private ZmtpSocket add(Channel channel, ConnectionInfo info, FrameSink sink, Runnable whenThere) {
        InetSocketAddress address = new InetSocketAddress(info.ip(), info.port(channel));
        ZmtpSocket socket = new ZmtpSocket(loop, channel, address, sink, flood, whenThere);
        sockets.put(channel, socket);
        return socket;
    }

    @Override
    public void send(Channel channel, List<byte[]> frames) {
        ByteBuffer message = Zmtp.message(frames);
        loop.command(() -> {
            flood.asked();
            ZmtpSocket socket = sockets.get(channel);
            if (socket != null) {
                socket.send(message);
            }
        });
    }

    @Override
    public void close() {
        loop.command(() -> {
            sockets.values().forEach(ZmtpSocket::close);
            sockets.clear();
        });
    }
}
