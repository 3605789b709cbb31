package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * One Unix domain socket for each kernel, which {@code unix_channels.py} speaks. The kernel connects to us. Messages are
 * not signed: the key is there because every user of the machine can connect to a TCP port, but only who may read the
 * connection file, and the key in it, gets to a socket in the same folder. Thread-safe.
 */
final class SocketTransport implements Transport {

    /** Linux takes 107 bytes. */
    private static final int LONGEST_PATH = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketLoop loop;

    SocketTransport(SocketLoop loop) {
        this.loop = loop;
    }

    /** Why kernels whose files are in that folder can't have one; empty if they can. */
    static Optional<String> obstacle(Path folder) {
        int length = folder.resolve("kernel-1000000.socket").toString().getBytes(StandardCharsets.UTF_8).length;
        return length <= LONGEST_PATH
                ? Optional.empty()
                : Optional.of("the path " + folder + " is too long for a socket; set java.io.tmpdir to a shorter one");
    }

    @Override
    public Line line(Path folder, String id) throws IOException {
        Path path = folder.resolve(id + ".socket");
        SocketConnection connection = loop.listen(path);
        return new Line() {
            @Override
            public String key() {
                return "";
            }

            @Override
            public void write(Path connectionFile) throws IOException {
                ObjectNode json = JSON.createObjectNode();
                json.put("transport", "ipc");
                json.put("ip", path.toString());
                json.put("key", "");
                json.put("signature_scheme", "hmac-sha256");
                json.put("socket", path.toString());
                Files.createFile(
                        connectionFile,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.write(connectionFile, JSON.writeValueAsBytes(json), StandardOpenOption.WRITE);
            }

            @Override
            public Carrier connect(FrameSink sink) {
                connection.deliverTo(sink);
                return connection;
            }

            @Override
            public void release() {
                connection.close();
            }
        };
    }
}
