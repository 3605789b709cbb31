package io.camelnotebook.kernel;

import java.util.function.BooleanSupplier;

/**
 * Starts each kernel as a new process, as its spec says. The process is a child of the {@link KernelHost}, which ends
 * it when this JVM is gone, however it went.
 */
final class FreshKernelLauncher implements KernelLauncher {

    private final KernelStations stations;
    private final KernelStarter starter;

    /** A launcher that starts nothing yet. */
    FreshKernelLauncher(KernelStations stations, KernelStarter starter) {
        this.stations = stations;
        this.starter = starter;
    }

    @Override
    public KernelStart plan(KernelSpec spec) {
        return KernelStart.as(StartMode.FRESH);
    }

    @Override
    public void expect(KernelRequest request) {}

    @Override
    public void startAhead(KernelRequest request) {}

    @Override
    public void startNext(KernelRequest request, BooleanSupplier waits) {}

    @Override
    public Kernel start(KernelRequest request) throws InterruptedException {
        return start(request, KernelStart.as(StartMode.FRESH));
    }

    /**
     * As {@link #start(KernelRequest)}, for one who wanted another start.
     *
     * @param how what the kernel says of its start
     */
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
