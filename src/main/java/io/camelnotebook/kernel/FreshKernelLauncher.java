package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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

    /** What notebooks import to talk to the engine. */
    private static final String PYTHON_MODULE = "camel_notebook.py";

    private final Path hostPython;
    private final KernelEnvironment environment;
    private final ChannelLoop channels = new ChannelLoop();
    private final Clock clock;
    private final Path runtime;
    private final Ports ports = new Ports();
    private final AtomicLong number = new AtomicLong();
    private KernelHost host;

    private FreshKernelLauncher(Path hostPython, KernelEnvironment environment, Clock clock, Path runtime) {
        this.hostPython = hostPython;
        this.environment = environment;
        this.clock = clock;
        this.runtime = runtime;
        host = KernelHost.start(hostPython);
    }

    /**
     * Starts a kernel host and opens a launcher on it.
     *
     * @param hostPython the Python that runs the host, at least 3.9; not that of the kernels
     * @param computeThreads how many threads a kernel should compute with
     * @throws KernelHostException if it does not run
     */
    static FreshKernelLauncher open(Path hostPython, int computeThreads, Clock clock) throws IOException {
        Path runtime = Files.createTempDirectory(
                "camel-notebook-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path modules = Files.createDirectory(runtime.resolve("python"));
        Files.writeString(modules.resolve(PYTHON_MODULE), PackagedText.read(PYTHON_MODULE));
        KernelEnvironment environment = new KernelEnvironment(System.getenv(), computeThreads, modules);
        return new FreshKernelLauncher(hostPython, environment, clock, runtime);
    }

    /** The host, or another one if that has died: its kernels died with it, but there may be more to come. */
    private synchronized KernelHost host() {
        if (!host.isAlive()) {
            LOG.warn("The kernel host has died, and its kernels with it; starting another");
            host = KernelHost.start(hostPython);
        }
        return host;
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
        List<Integer> taken = ports.take(ConnectionInfo.PORTS);
        String id = "kernel-" + number.incrementAndGet();
        ConnectionInfo address = ConnectionInfo.local(taken);
        Path connectionFile = runtime.resolve(id + ".json");
        KernelLog log = new KernelLog(runtime.resolve(id + ".log"));
        Runnable onClose = () -> {
            ports.release(taken);
            delete(connectionFile);
            delete(log.file());
        };
        KernelProcess process;
        try {
            address.write(connectionFile);
            KernelHost alive = host();
            process = alive.spawn(new KernelCommand(
                            request.spec().command(connectionFile),
                            environment.of(request, alive.pid()),
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
            host.close();
        }
        channels.close();
        try (Stream<Path> files = Files.walk(runtime)) {
            files.sorted(Comparator.reverseOrder()).forEach(FreshKernelLauncher::delete);
        } catch (IOException e) {
            LOG.debug("Cannot list {}", runtime, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", file, e);
        }
    }
}
