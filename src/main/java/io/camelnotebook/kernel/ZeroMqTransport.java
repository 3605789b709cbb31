package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ZeroMQ over TCP, which every kernel speaks. The loop's thread is started with the first kernel. Thread-safe. */
final class ZeroMqTransport implements Transport {

    private final Ports ports = new Ports();
    private @Nullable ChannelLoop channels;

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
                return channels().connect(address, sink);
            }

            @Override
            public void release() {
                ports.release(taken);
            }
        };
    }

    private synchronized ChannelLoop channels() {
        if (channels == null) {
            channels = new ChannelLoop();
        }
        return channels;
    }

    @Override
    public synchronized void close() {
        if (channels != null) {
            channels.close();
        }
    }
}
