package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where kernels are started now. Thread-safe. */
final class KernelStations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KernelStations.class);

    private final Path hostPython;
    private final int computeThreads;
    private KernelStation station;
    private boolean closed;

    /**
     * Opens a station.
     *
     * @param hostPython the Python that runs the host, at least 3.9; not that of the kernels
     * @param computeThreads how many threads a kernel should compute with
     * @throws KernelHostException if its host does not run
     */
    KernelStations(Path hostPython, int computeThreads) throws IOException {
        this.hostPython = hostPython;
        this.computeThreads = computeThreads;
        station = KernelStation.open(hostPython, computeThreads);
    }

    Path hostPython() {
        return hostPython;
    }

    /** The station; another one if its host has died: its kernels died with it, but more may come. */
    synchronized KernelStation current() {
        if (closed) {
            throw new KernelStartException("kernels cannot be started any more: the engine ends");
        }
        if (!station.host().isAlive()) {
            LOG.warn("The kernel host has died, and its kernels with it; starting another");
            try {
                KernelStation next = KernelStation.open(hostPython, computeThreads);
                next.host().own(station.folder());
                station = next;
            } catch (IOException e) {
                throw new KernelStartException("kernels cannot be started any more: " + e.getMessage(), e);
            }
        }
        return station;
    }

    @Override
    public synchronized void close() {
        closed = true;
        station.close();
    }
}
