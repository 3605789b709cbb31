package io.camelnotebook.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fork servers that run now, the one used last at the end. Notebooks of one command and environment share one, with
 * what any of them imports; when one of them needs more, a server with more takes its place. Thread-safe.
 */
final class ForkServers implements AutoCloseable {

    /** More kinds of notebooks than these at a time do not come often; each holds the memory of a kernel. */
    private static final int MOST = 4;

    private static final Comparator<ForkServer> MOST_LOADED_FIRST = Comparator.comparingInt(
                    (ForkServer server) -> server.modules().size())
            .reversed();

    private final KernelStations stations;
    private final KernelTransport transport;
    private final List<ForkServer> servers = new ArrayList<>();
    private final Map<ForkCommand, ForkModules> modules = new HashMap<>();
    private boolean closed;

    /** @param transport what carries the messages of their kernels, where it can */
    ForkServers(KernelStations stations, KernelTransport transport) {
        this.stations = stations;
        this.transport = transport;
    }

    /** Takes note of a notebook that is to come, so that the next server loads what it imports. */
    synchronized void expect(ForkCommand command, Set<String> imports) {
        modules(command).expect(imports);
    }

    /**
     * Servers for a notebook with these imports. Starts one if none that runs or is about to has them all.
     *
     * @throws KernelHostException if it can't be run at all
     */
    synchronized ForkOffer offer(ForkCommand command, Set<String> imports, Map<String, String> environment) {
        servers.removeIf(this::leaves);
        ForkModules known = modules(command);
        known.expect(imports);
        Set<String> apart = known.apart(imports);
        List<ForkServer> alike = servers.stream()
                .filter(server -> server.serves(command, environment)
                        && known.apart(server.modules()).equals(apart))
                .toList();
        List<ForkServer> complete = alike.stream()
                .filter(server -> known.covers(server.modules(), imports))
                .sorted(MOST_LOADED_FIRST)
                .toList();
        Optional<ForkServer> ready = complete.stream().filter(ForkServer::isUp).findFirst();
        ForkServer wanted = ready.or(() -> complete.stream().findFirst())
                .orElseGet(() -> start(command, known.toLoad(imports), environment));
        servers.remove(wanted);
        servers.add(wanted);
        if (ready.isPresent()) {
            alike.stream()
                    .filter(server -> server.isUp() && isLess(server, wanted))
                    .forEach(this::retire);
            return new ForkOffer(wanted, Optional.empty());
        }
        return new ForkOffer(wanted, alike.stream().filter(ForkServer::isUp).findFirst());
    }

    private static boolean isLess(ForkServer server, ForkServer other) {
        return server != other && other.modules().containsAll(server.modules());
    }

    private boolean leaves(ForkServer server) {
        ForkModules known = modules(server.command());
        known.refuse(server.refused());
        if (!server.isOutdated()) {
            return false;
        }
        if (server.hasChanged()) {
            known.forgive();
        }
        server.retire();
        return true;
    }

    private void retire(ForkServer server) {
        servers.remove(server);
        server.retire();
    }

    private ForkModules modules(ForkCommand command) {
        return modules.computeIfAbsent(command, c -> new ForkModules());
    }

    private ForkServer start(ForkCommand command, Set<String> toLoad, Map<String, String> environment) {
        if (closed) {
            throw new KernelHostException("The engine ends");
        }
        if (servers.size() == MOST) {
            retire(servers.get(0));
        }
        KernelStation station = stations.current();
        HostProgram program = command.program(
                station.forkServer(),
                environment,
                toLoad,
                modules(command).refused(),
                transport == KernelTransport.SOCKET
                        && SocketTransport.obstacle(station.folder()).isEmpty());
        return new ForkServer(command, toLoad, environment, new KernelHost(stations.hostPython(), program));
    }

    @Override
    public synchronized void close() {
        closed = true;
        servers.forEach(ForkServer::close);
        servers.clear();
    }
}
