package io.camelnotebook.main;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The way to a server, through a port of 127.0.0.1: it may break and be mended, and it may be slow, or so slow that nothing comes. */
final class Link implements AutoCloseable {

    private final int server;
    private final int port;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private @Nullable ServerSocket entry;
    private boolean stalled;
    private int trickle;

    /** A way that is there. */
    Link(int server) throws IOException {
        this.server = server;
        ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = first.getLocalPort();
        listen(first);
    }

    int port() {
        return port;
    }

    private void listen(ServerSocket on) {
        entry = on;
        daemon(() -> {
            while (true) {
                Socket client = on.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
                open.addAll(List.of(client, there));
                daemon(() -> pump(client, there));
                daemon(() -> pump(there, client));
            }
        });
    }

    /** What ends when its socket does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException e) {
                // It was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer, 0, most()); read >= 0; read = in.read(buffer, 0, most())) {
                awaitFlow();
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private synchronized int most() {
        return trickle == 0 ? 8192 : trickle;
    }

    private synchronized void awaitFlow() throws InterruptedException {
        if (trickle > 0) {
            wait(10);
        }
        while (stalled) {
            wait();
        }
    }

    /** From now on nothing comes through, though connections stay and can be made. */
    synchronized void stall() {
        stalled = true;
    }

    /** From now on so many bytes come through in a hundredth of a second, each way. */
    synchronized void trickle(int bytes) {
        trickle = bytes;
    }

    /** All that has waited comes through. */
    synchronized void flow() {
        stalled = false;
        trickle = 0;
        notifyAll();
    }

    /** Breaks: connections end, and there are no new ones. */
    void cut() throws IOException {
        if (entry != null) {
            entry.close();
        }
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        flow();
    }

    void mend() {
        // The port may take a moment to be free.
        listen(await().ignoreException(BindException.class)
                .until(() -> new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), Objects::nonNull));
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
