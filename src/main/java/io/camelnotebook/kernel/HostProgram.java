package io.camelnotebook.kernel;

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

    private static final byte[] KERNEL_HOST =
            PackagedText.read("kernel_host.py").getBytes(StandardCharsets.UTF_8);

    /** Reads the program from stdin, byte by byte as long as it says, so that it need not lie in a file or show in ps. */
    private static final String BOOTSTRAP = "import os;s=b''\n"
            + "while len(s)<%1$d:s+=os.read(0,%1$d-len(s)) or os._exit(1)\n"
            + "exec(compile(s,'kernel_host.py','exec'))";

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
