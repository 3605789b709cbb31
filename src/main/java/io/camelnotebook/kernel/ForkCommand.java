package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a fork server is run with, as far as a kernel's spec decides it, and which specs allow one. Immutable. */
record ForkCommand(List<String> python, List<String> arguments) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    /** Longer than any mark that a kernel gets: the server writes them there. */
    private static final String ROOM_FOR_MARK = "-".repeat(64);

    /** The arguments of ipykernel that mean the same to a fork. */
    private static final List<String> HARMLESS =
            List.of("--HistoryManager.", "--InteractiveShell.", "--matplotlib=", "--log-level=", "--debug", "--quiet");

    private static final String CONNECTION_FILE = "{connection_file}";

    /** Why kernels of that spec cannot be forks; empty if they may be. */
    static Optional<String> obstacle(KernelSpec spec) {
        if (!LINUX) {
            return Optional.of("only Linux can fork kernels safely");
        }
        int launcher = spec.launcher();
        if (launcher < 0) {
            return Optional.of("kernel '" + spec.name() + "' is not started by python -m ipykernel_launcher");
        }
        List<String> arguments = spec.argv().subList(launcher + 1, spec.argv().size());
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean connection = argument.equals(CONNECTION_FILE)
                    && i > 0
                    && arguments.get(i - 1).equals("-f");
            if (!argument.equals("-f") && !connection && HARMLESS.stream().noneMatch(argument::startsWith)) {
                return Optional.of("kernel '" + spec.name() + "' is started with " + argument);
            }
        }
        return arguments.contains(CONNECTION_FILE)
                ? Optional.empty()
                : Optional.of("kernel '" + spec.name() + "' is not given its connection file with -f");
    }

    /** That of a spec without an obstacle. */
    static ForkCommand of(KernelSpec spec) {
        List<String> argv = spec.command(Path.of("connection.json"));
        int launcher = spec.launcher();
        return new ForkCommand(
                List.copyOf(argv.subList(0, launcher - 1)), List.copyOf(argv.subList(launcher + 1, argv.size())));
    }

    /**
     * The fork server as a program.
     *
     * @param script the file of fork_server.py
     * @param environment the kernels' own
     * @param modules what it imports ahead
     * @param without what it must not, module by module, with the reason
     * @param overSockets whether its kernels are given sockets of ours, and not ports for ZeroMQ
     */
    HostProgram program(
            Path script,
            Map<String, String> environment,
            Set<String> modules,
            Map<String, String> without,
            boolean overSockets) {
        ObjectNode order = JSON.createObjectNode();
        arguments.forEach(order.putArray("arguments")::add);
        modules.stream().sorted().forEach(order.putArray("modules")::add);
        order.set("without", JSON.valueToTree(without));
        order.put("idle", ForkServer.IDLE_LIMIT.toSeconds());
        order.put("socket", overSockets);
        List<String> command = new ArrayList<>(python);
        command.add(script.toString());
        command.add(order.toString());
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("CAMEL_NOTEBOOK_KERNEL", ROOM_FOR_MARK);
        return new HostProgram(command, Optional.of(variables), new byte[0]);
    }
}
