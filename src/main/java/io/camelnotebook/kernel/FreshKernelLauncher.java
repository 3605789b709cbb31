package io.camelnotebook.kernel;

import java.util.Collection;

/**
 * Starts each kernel as a new process, as its spec says. The process is a child of the {@link KernelHost}, which ends
 * it when this JVM is gone, however it went.
 */
final class FreshKernelLauncher implements KernelLauncher {

    private final KernelStations stations;
    private final KernelStarter starter;

    private final KernelStart start;

    /**
     * A launcher that starts nothing yet.
     *
     * @param start what its kernels say of their start
     */
    FreshKernelLauncher(KernelStations stations, KernelStarter starter, KernelStart start) {
        this.stations = stations;
        this.starter = starter;
        this.start = start;
    }

    @Override
    public KernelStart plan(KernelSpec spec) {
        return start;
    }

    @Override
    public void expect(KernelRequest request) {}

    @Override
    public void startAhead(Collection<KernelRequest> requests) {}

    @Override
    public Kernel start(KernelRequest request) throws InterruptedException {
        return start(request, start);
    }

    /** As {@link #start(KernelRequest)}, for one who wanted another start. */
    Kernel start(KernelRequest request, KernelStart how) throws InterruptedException {
        KernelStation station = stations.current();
        return starter.start(request, station, station.host(), how);
    }

    @Override
    public void close() {
        stations.close();
        starter.close();
    }
}
