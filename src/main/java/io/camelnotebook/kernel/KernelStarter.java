package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a kernel host start a kernel, connects to it, and waits until it answers. Thread-safe. */
final class KernelStarter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KernelStarter.class);

    /** Another program can take a port between our look and the kernel's bind. */
    private static final int TRIES_FOR_PORTS = 3;

    private final SocketLoop loop = new SocketLoop();
    private final Transport zeroMq = new ZeroMqTransport(loop);
    private final SocketTransport sockets = new SocketTransport(loop);
    private final Clock clock;
    private final AtomicLong number = new AtomicLong();

    KernelStarter(Clock clock) throws IOException {
        this.clock = clock;
    }

    /** A Unix domain socket for each kernel, which only those that we made can speak. */
    SocketTransport sockets() {
        return sockets;
    }

    /** As the other, for a kernel that speaks ZeroMQ. */
    Kernel start(KernelRequest request, KernelStation station, KernelHost host, KernelStart how)
            throws InterruptedException {
        return start(request, station, host, how, zeroMq);
    }

    /**
     * Starts a kernel.
     *
     * @param station whose folder holds the kernel's files, and whose environment it gets
     * @param host what starts it: the station's, or another
     * @param how what the kernel is to say of its start
     * @param transport what it speaks
     * @throws KernelStartException if it does not come up; nothing of it is left then
     */
    Kernel start(KernelRequest request, KernelStation station, KernelHost host, KernelStart how, Transport transport)
            throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return startOnce(request, station, host, how, transport);
            } catch (KernelStartException e) {
                if (tries == TRIES_FOR_PORTS || !lostItsPort(e)) {
                    throw e;
                }
                LOG.info(
                        "A port of kernel {} was taken by another program, trying others",
                        request.spec().name());
            } catch (IOException e) {
                throw new KernelStartException(
                        "kernel '" + request.spec().name() + "' could not be started: " + e.getMessage(), e);
            }
        }
    }

    private static boolean lostItsPort(KernelStartException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("address already in use");
    }

    private Kernel startOnce(
            KernelRequest request, KernelStation station, KernelHost host, KernelStart how, Transport transport)
            throws InterruptedException, IOException {
        String id = "kernel-" + number.incrementAndGet();
        Transport.Line line = transport.line(station.folder(), id);
        Path connectionFile = station.folder().resolve(id + ".json");
        KernelLog log = new KernelLog(station.folder().resolve(id + ".log"));
        Runnable onClose = () -> {
            line.release();
            delete(connectionFile);
            delete(log.file());
        };
        KernelProcess process;
        try {
            line.write(connectionFile);
            process = host.spawn(new KernelCommand(
                            request.spec().command(connectionFile),
                            station.environment().of(request, host.pid()),
                            request.directory(),
                            request.memory(),
                            log.file()))
                    .join();
        } catch (CompletionException e) {
            onClose.run();
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new KernelStartException(
                    "kernel '" + request.spec().name() + "' could not be started: " + cause.getMessage(), cause);
        } catch (IOException e) {
            onClose.run();
            throw e;
        }
        Kernel kernel = new Kernel(request.spec(), how, process, line, log, clock, onClose);
        boolean ready = false;
        try {
            new KernelHandshake(kernel).await(request.startTimeout());
            if (transport == zeroMq && kernel.info().implementation().equals("ipython")) {
                kernel.keepUnreadOutputs();
            }
            ready = true;
            return kernel;
        } finally {
            if (!ready) {
                kernel.close();
            }
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", file, e);
        }
    }
}
