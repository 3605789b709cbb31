package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket that a kernel connects to, and what is said there. The first connection is the kernel's; those that follow
 * are of processes that it has forked, which say something and go. Thread-safe; what is private runs on the loop's thread.
 */
final class SocketConnection implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final SocketLoop loop;
    private final ServerSocketChannel server;
    private final Path path;

    // Owned by the loop's thread.
    private final SendQueue unsent = new SendQueue();
    private final FloodWatch flood = new FloodWatch();
    private final List<SocketChannel> accepted = new ArrayList<>();
    private @Nullable SelectionKey kernel;

    SocketConnection(SocketLoop loop, ServerSocketChannel server, Path path) {
        this.loop = loop;
        this.server = server;
        this.path = path;
    }

    /** Begins to listen. */
    void deliverTo(FrameSink sink) {
        loop.command(() -> {
            try {
                if (server.isOpen()) {
                    loop.register(server, SelectionKey.OP_ACCEPT, key -> accept(sink));
                }
            } catch (IOException e) {
                LOG.warn("Cannot listen at {}", path, e);
            }
        });
    }

    @Override
    public void send(Channel channel, List<byte[]> frames) {
        ByteBuffer head = FrameReader.head(channel, frames);
        loop.command(() -> {
            flood.asked();
            unsent.add(head);
            frames.forEach(frame -> unsent.add(ByteBuffer.wrap(frame)));
            try {
                write();
            } catch (IOException e) {
                LOG.debug("The kernel does not listen any more", e);
                unsent.clear();
            }
        });
    }

    @Override
    public void close() {
        loop.command(() -> {
            SocketLoop.closeQuietly(server);
            accepted.forEach(SocketLoop::closeQuietly);
            accepted.clear();
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.debug("Cannot delete {}", path, e);
            }
        });
    }

    private void accept(FrameSink sink) throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        if (kernel != null) {
            // What it said before it forked comes before what the fork says, also if it rests.
            SocketLoop.handle(kernel);
        }
        accepted.add(channel);
        FrameReader reader = new FrameReader(sink);
        SelectionKey key = loop.register(channel, SelectionKey.OP_READ, ready -> {
            read(channel, reader, sink);
            if (ready.isValid() && ready.isWritable()) {
                write();
            }
        });
        if (kernel == null) {
            kernel = key;
            write();
        }
    }

    private void read(SocketChannel channel, FrameReader reader, FrameSink sink) throws IOException {
        int count;
        try {
            count = loop.read(channel, reader);
        } catch (UnreadableException e) {
            sink.broken(String.valueOf(e.getMessage()));
            throw e;
        }
        if (count < 0) {
            accepted.remove(channel);
            channel.close();
            return;
        }
        SelectionKey key = kernel;
        if (key != null && key.channel() == channel && flood.isFlood(count)) {
            loop.rest(key);
        }
    }

    private void write() throws IOException {
        if (kernel != null && kernel.isValid()) {
            unsent.writeTo(kernel);
        }
    }
}
