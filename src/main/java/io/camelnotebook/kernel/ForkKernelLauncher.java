package io.camelnotebook.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts kernels as forks of a prepared process where that can be, and afresh, with the reason, where it can't. */
final class ForkKernelLauncher implements KernelLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(ForkKernelLauncher.class);

    /** A library that takes longer to load is not waited for: a fresh kernel is ready before. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KernelStations stations;
    private final KernelStarter starter;
    private final ForkServers servers;
    private final FreshKernelLauncher fresh;
    private final KernelTransport transport;

    ForkKernelLauncher(KernelStations stations, KernelStarter starter, KernelTransport transport) {
        this.transport = transport;
        this.stations = stations;
        this.starter = starter;
        servers = new ForkServers(stations, transport);
        fresh = new FreshKernelLauncher(stations, starter);
    }

    @Override
    public KernelStart plan(KernelSpec spec) {
        return ForkCommand.obstacle(spec)
                .map(KernelStart::freshBecause)
                .orElseGet(() -> KernelStart.as(StartMode.FORK));
    }

    @Override
    public Kernel start(KernelRequest request) throws InterruptedException {
        KernelStart plan = plan(request.spec());
        if (plan.mode() != StartMode.FORK) {
            return fresh.start(request, plan);
        }
        KernelStation station = stations.current();
        ForkServer server;
        try {
            server = offer(request, station)
                    .await(request.startTimeout().compareTo(PATIENCE) < 0 ? request.startTimeout() : PATIENCE);
        } catch (KernelHostException e) {
            return instead(request, String.valueOf(e.getMessage()));
        }
        if (server.failure().isPresent()) {
            return instead(request, server.failure().get());
        }
        try {
            return fork(request, station, server.host());
        } catch (KernelStartException e) {
            String reason = String.valueOf(e.getMessage());
            // What the server itself refused has a cause, and concerns this kernel only.
            if (e.getCause() == null) {
                server.fail(reason);
            }
            return instead(request, reason);
        }
    }

    private ForkOffer offer(KernelRequest request, KernelStation station) {
        return servers.offer(
                ForkCommand.of(request.spec()),
                ForkModules.installed(request.imports(), request.directory()),
                station.environment().of(request, 0));
    }

    @Override
    public void expect(KernelRequest request) {
        if (plan(request.spec()).mode() == StartMode.FORK) {
            servers.expect(
                    ForkCommand.of(request.spec()), ForkModules.installed(request.imports(), request.directory()));
        }
    }

    @Override
    public void startAhead(KernelRequest request) {
        if (plan(request.spec()).mode() == StartMode.FORK) {
            offer(request, stations.current());
        }
    }

    private Kernel fork(KernelRequest request, KernelStation station, KernelHost host) throws InterruptedException {
        if (transport == KernelTransport.ZMQ) {
            return starter.start(request, station, host, KernelStart.forkOverZeroMq("that is the setting"));
        }
        Optional<String> obstacle = SocketTransport.obstacle(station.folder());
        if (obstacle.isPresent()) {
            return starter.start(request, station, host, KernelStart.forkOverZeroMq(obstacle.get()));
        }
        return starter.start(request, station, host, KernelStart.as(StartMode.FORK), starter.sockets());
    }

    @Override
    public void startNext(KernelRequest request, BooleanSupplier waits) {
        startAhead(request);
    }

    private Kernel instead(KernelRequest request, String reason) throws InterruptedException {
        LOG.debug("Kernel {} is started afresh: {}", request.spec().name(), reason);
        return fresh.start(request, KernelStart.freshBecause(reason));
    }

    @Override
    public void close() {
        servers.close();
        fresh.close();
    }
}
