package io.camelnotebook.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fork servers that run now, the one used last at the end. Thread-safe. */
final class ForkServers implements AutoCloseable {

    /** More kinds of notebooks than these at a time do not come often; each holds the memory of a kernel. */
    private static final int MOST = 4;

    private final KernelStations stations;
    private final List<ForkServer> servers = new ArrayList<>();
    private final Map<ForkCommand, Map<String, String>> refused = new HashMap<>();

    ForkServers(KernelStations stations) {
        this.stations = stations;
    }

    /**
     * A server for kernels of that kind: one that runs, or one that is about to.
     *
     * @throws KernelHostException if it can't be run at all
     */
    synchronized ForkServer server(ForkCommand command, Set<String> imports, Map<String, String> environment) {
        servers.removeIf(server -> {
            refused.computeIfAbsent(server.command(), c -> new HashMap<>()).putAll(server.refused());
            if (server.isOutdated()) {
                server.retire();
                return true;
            }
            return false;
        });
        for (ForkServer server : servers) {
            if (server.serves(command, imports, environment)) {
                servers.remove(server);
                servers.add(server);
                return server;
            }
        }
        if (servers.size() == MOST) {
            servers.remove(0).retire();
        }
        ForkServer server = start(command, imports, environment);
        servers.add(server);
        return server;
    }

    private ForkServer start(ForkCommand command, Set<String> imports, Map<String, String> environment) {
        HostProgram program = command.program(
                stations.current().forkServer(), environment, imports, refused.getOrDefault(command, Map.of()));
        return new ForkServer(command, imports, environment, new KernelHost(stations.hostPython(), program));
    }

    @Override
    public synchronized void close() {
        servers.forEach(ForkServer::close);
        servers.clear();
    }
}
