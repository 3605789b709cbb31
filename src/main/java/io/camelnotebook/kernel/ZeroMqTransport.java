package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** ZeroMQ over TCP, which every kernel speaks. Thread-safe. */
final class ZeroMqTransport implements Transport {

    private final Ports ports = new Ports();
    private final SocketLoop loop;

    ZeroMqTransport(SocketLoop loop) {
        this.loop = loop;
    }

    @Override
    public Line line(Path folder, String id) throws IOException {
        List<Integer> taken = ports.take(ConnectionInfo.PORTS);
        ConnectionInfo address = ConnectionInfo.local(taken);
        return new Line() {
            @Override
            public String key() {
                return address.key();
            }

            @Override
            public void write(Path connectionFile) throws IOException {
                address.write(connectionFile);
            }

            @Override
            public Carrier connect(FrameSink sink) {
                return new ZmtpConnection(loop, address, sink);
            }

            @Override
            public void release() {
                ports.release(taken);
            }
        };
    }
}
