package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts each kernel as a new process, as its spec says. The process is a child of the {@link KernelHost}, which ends
 * it when this JVM is gone, however it went.
 */
final class FreshKernelLauncher implements KernelLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(FreshKernelLauncher.class);

    /** Another program can take a port between our look and the kernel's bind. */
    private static final int TRIES_FOR_PORTS = 3;

    private final Path hostPython;
    private final int computeThreads;
    private final ChannelLoop channels = new ChannelLoop();
    private final Clock clock;
    private final Ports ports = new Ports();
    private final AtomicLong number = new AtomicLong();
    private KernelStation station;

    /**
     * Starts a kernel host to launch from.
     *
     * @param hostPython the Python that runs the host, at least 3.9; not that of the kernels
     * @param computeThreads how many threads a kernel should compute with
     * @throws KernelHostException if it does not run
     */
    FreshKernelLauncher(Path hostPython, int computeThreads, Clock clock) throws IOException {
        this.hostPython = hostPython;
        this.computeThreads = computeThreads;
        this.clock = clock;
        station = KernelStation.open(hostPython, computeThreads);
    }

    /** Where kernels are started; another place if the host has died: its kernels died with it, but more may come. */
    private synchronized KernelStation station() throws IOException {
        if (!station.host().isAlive()) {
            LOG.warn("The kernel host has died, and its kernels with it; starting another");
            station = KernelStation.open(hostPython, computeThreads);
        }
        return station;
    }

    @Override
    public Kernel start(KernelRequest request) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return startOnce(request);
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

    private Kernel startOnce(KernelRequest request) throws InterruptedException, IOException {
        KernelStation here = station();
        List<Integer> taken = ports.take(ConnectionInfo.PORTS);
        String id = "kernel-" + number.incrementAndGet();
        ConnectionInfo address = ConnectionInfo.local(taken);
        Path connectionFile = here.folder().resolve(id + ".json");
        KernelLog log = new KernelLog(here.folder().resolve(id + ".log"));
        Runnable onClose = () -> {
            ports.release(taken);
            delete(connectionFile);
            delete(log.file());
        };
        KernelProcess process;
        try {
            address.write(connectionFile);
            process = here.host()
                    .spawn(new KernelCommand(
                            request.spec().command(connectionFile),
                            here.environment().of(request, here.host().pid()),
                            request.directory(),
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
        Kernel kernel = new Kernel(request.spec(), process, address, channels, log, clock, onClose);
        boolean ready = false;
        try {
            new KernelHandshake(kernel).await(request.startTimeout());
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
        synchronized (this) {
            station.close();
        }
        channels.close();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", file, e);
        }
    }
}
