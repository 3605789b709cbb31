package io.camelnotebook.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out TCP ports for kernels to bind. A port is below the range that operating systems hand out by themselves, so
 * no client of another program takes it between our look and the kernel's bind; it is free when handed out, and never
 * handed out twice at a time in this process. Another engine can still be quicker, so a start that loses its port is to
 * be tried again. Thread-safe.
 */
final class Ports {

    private static final int FIRST = 10_000;
    /** Linux begins its own choice at 32768, macOS and the IANA range at 49152. */
    private static final int LAST = 32_000;

    private static final int TRIES = 1_000;

    private final Set<Integer> taken = new HashSet<>();

    /** Takes that many ports; they are ours until they are released. */
    synchronized List<Integer> take(int count) throws IOException {
        List<Integer> ports = new ArrayList<>(count);
        for (int tries = 0; ports.size() < count; tries++) {
            if (tries == TRIES) {
                release(ports);
                throw new IOException("no free TCP port between " + FIRST + " and " + LAST + " on 127.0.0.1 after "
                        + TRIES + " tries; close what listens there");
            }
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && taken.add(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** Gives ports back, once their kernel is gone. */
    synchronized void release(List<Integer> ports) {
        ports.forEach(taken::remove);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
