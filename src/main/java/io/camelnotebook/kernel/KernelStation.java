package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A kernel host and the folder that its kernels share with us: connection files, logs, and what Python kernels can
 * import. The folder is for our eyes only, and the host removes it when it ends, also when this JVM was killed.
 *
 * @param environment what its kernels are started with
 */
record KernelStation(KernelHost host, Path folder, KernelEnvironment environment) implements AutoCloseable {

    /** What notebooks import to talk to the engine and to compute in parallel, and what calls their functions for it. */
    private static final List<String> PYTHON_MODULES =
            List.of("camel_notebook.py", "camel_notebook_map.py", "camel_notebook_parallel.py");

    private static final String SERVER = "server";
    private static final List<String> SERVER_PROGRAMS = List.of(
            "fork_server.py",
            "forked_kernel.py",
            "openssl_exit.py",
            "own_modules.py",
            "preload.py",
            "unix_channels.py",
            "unix_wire.py",
            "unix_streams.py",
            "kernel_end.py",
            "kernel_host.py",
            "kernel_memory.py",
            "kernel_processes.py");

    /** Starts a host on the given Python; as {@link KernelHost#start}. */
    static KernelStation open(Path python, int computeThreads) throws IOException {
        Path folder = Files.createTempDirectory(
                "camel-notebook-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path modules = Files.createDirectory(folder.resolve("python"));
        for (String module : PYTHON_MODULES) {
            Files.writeString(modules.resolve(module), PackagedText.read(module));
        }
        Path server = Files.createDirectory(folder.resolve(SERVER));
        for (String program : SERVER_PROGRAMS) {
            Files.writeString(server.resolve(program), PackagedText.read(program));
        }
        KernelHost host = KernelHost.start(python);
        host.own(folder);
        return new KernelStation(host, folder, new KernelEnvironment(System.getenv(), computeThreads, modules));
    }

    /** The program of a fork server. */
    Path forkServer() {
        return folder.resolve(SERVER).resolve(SERVER_PROGRAMS.get(0));
    }

    @Override
    public void close() {
        host.close();
    }
}
