package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final Ports ports = new Ports();

    @Test
    void noPortIsHandedOutTwice() throws IOException {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            taken.addAll(ports.take(ConnectionInfo.PORTS));
        }
        assertThat(taken).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void portsAreBelowThoseThatSystemsHandOutThemselves() throws IOException {
        assertThat(ports.take(100)).allSatisfy(port -> assertThat(port).isBetween(10_000, 32_000));
    }

    @Test
    void aPortThatWasHandedOutCanBeBound() throws IOException {
        int port = ports.take(1).get(0);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
