package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a kernel listens and the key that its messages are signed with: the contents of a connection file.
 *
 * @param ip the address, always of this machine
 * @param key the key of HMAC-SHA256, as text; a secret
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files">Connection files</a>
 */
public record ConnectionInfo(
        String ip, int shellPort, int iopubPort, int stdinPort, int controlPort, int heartbeatPort, String key) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How many ports a kernel needs. */
    static final int PORTS = 5;

    /** A connection on 127.0.0.1 at the given five ports, with a new random key. */
    static ConnectionInfo local(List<Integer> ports) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return new ConnectionInfo(
                "127.0.0.1",
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                HexFormat.of().formatHex(key));
    }

    /** The port that a channel of the kernel's is at. */
    int port(Channel channel) {
        return switch (channel) {
            case SHELL -> shellPort;
            case CONTROL -> controlPort;
            case IOPUB -> iopubPort;
        };
    }

    /** Writes the connection file, readable by its owner only. */
    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("transport", "tcp");
        json.put("ip", ip);
        json.put("shell_port", shellPort);
        json.put("iopub_port", iopubPort);
        json.put("stdin_port", stdinPort);
        json.put("control_port", controlPort);
        json.put("hb_port", heartbeatPort);
        json.put("key", key);
        json.put("signature_scheme", "hmac-sha256");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, JSON.writeValueAsBytes(json), StandardOpenOption.WRITE);
    }

    @Override
    public String toString() {
        return "ConnectionInfo[" + ip + ":" + shellPort + "]";
    }
}
