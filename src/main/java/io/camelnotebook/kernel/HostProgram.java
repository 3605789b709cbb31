package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that speaks a kernel host's protocol.
 *
 * @param environment the whole environment; empty for our own
 * @param input what it reads before the protocol begins
 */
record HostProgram(List<String> command, Optional<Map<String, String>> environment, byte[] input) {

    private static final byte[] KERNEL_HOST = modules("kernel_processes", "kernel_memory", "kernel_host");

    /**
     * Reads the program from stdin, byte by byte as long as it says, so that it need not lie in a file or show in ps: its
     * modules, each after those that it imports; the last one is run.
     */
    private static final String BOOTSTRAP = "import json,os,sys,types;s=b''\n"
            + "while len(s)<%1$d:s+=os.read(0,%1$d-len(s)) or os._exit(1)\n"
            + "p=json.loads(s);p[-1][1]='__main__'\n"
            + "for f,n,c in p:\n"
            + " m=sys.modules[n]=types.ModuleType(n);exec(compile(c,f,'exec'),m.__dict__)";

    private static byte[] modules(String... names) {
        ArrayNode modules = JsonNodeFactory.instance.arrayNode();
        for (String name : names) {
            String file = name + ".py";
            modules.addArray().add(file).add(name).add(PackagedText.read(file));
        }
        return modules.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The kernel host, run by any Python from 3.9 on. */
    static HostProgram kernelHost(Path python, List<String> arguments) {
        // Isolated from the user's Python settings, without site-packages, and UTF-8 whatever the locale.
        List<String> command = new ArrayList<>(List.of(python.toString(), "-I", "-S", "-X", "utf8", "-c"));
        command.add(String.format(BOOTSTRAP, KERNEL_HOST.length));
        command.addAll(arguments);
        return new HostProgram(command, Optional.empty(), KERNEL_HOST);
    }

    ProcessBuilder builder() {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        environment.ifPresent(variables -> {
            builder.environment().clear();
            builder.environment().putAll(variables);
        });
        return builder;
    }
}
