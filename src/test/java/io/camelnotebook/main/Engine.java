package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real program as a process of its own, in a working directory of the test's; closing it leaves no process. It also finds the
 * kernels whose specs are in the folder {@code kernels} there, and the jars in the folder {@code ext}.
 */
final class Engine implements AutoCloseable {

    /** What kernels inherit, so that they can be told from all other processes of the machine. */
    private static final String MARK = "CAMEL_NOTEBOOK_TEST";

    private final Path directory;
    private final Process process;
    private final Path out;
    private final Path err;
    private final String mark;

    /** A build in the background ignores Ctrl-C, and what it starts would inherit that. */
    private static final String WITH_DEFAULT_SIGNALS =
            "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])";

    private Engine(Path directory, Process process, Path out, Path err, String mark) {
        this.directory = directory;
        this.process = process;
        this.out = out;
        this.err = err;
        this.mark = mark;
    }

    /** Starts it with arguments; those that begin with {@code -D} or {@code -X} are for the JVM. */
    static Engine start(Path directory, String... arguments) throws IOException {
        return start(List.of(), directory, arguments);
    }

    /** The same, where a disk is mounted. */
    static Engine startOn(SmallDisk disk, Path directory, String... arguments) throws IOException {
        return start(disk.before(directory), directory, arguments);
    }

    private static Engine start(List<String> before, Path directory, String... arguments) throws IOException {
        Path python = EngineCommand.python();
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(python.toString(), "-c", WITH_DEFAULT_SIGNALS));
        command.addAll(EngineCommand.of(directory, List.of(arguments)));

        Path logs = Files.createDirectories(directory.resolve(".engine"));
        Path out = Files.createTempFile(logs, "out", ".txt");
        Path err = Files.createTempFile(logs, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        String mark = out.toString();
        builder.environment().put(MARK, mark);
        builder.environment().put("JUPYTER_PATH", directory.toString());
        builder.environment()
                .put("VIRTUAL_ENV", python.resolveSibling("..").normalize().toString());
        builder.environment()
                .merge("PATH", python.resolveSibling("").toString(), (path, bin) -> bin + File.pathSeparator + path);
        return new Engine(directory, builder.start(), out, err, mark);
    }

    /** Starts it, waits for its end, and gives it back for a look at what it left. */
    static Engine run(Path directory, String... arguments) throws IOException, InterruptedException {
        Engine engine = start(directory, arguments);
        engine.exitStatus();
        return engine;
    }

    /** Waits for its end. */
    int exitStatus() throws InterruptedException {
        return exitStatus(Duration.ofSeconds(90));
    }

    /** The same, for one that has much to do. */
    int exitStatus(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new AssertionError("it did not end in time; it said:\n" + err());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Lets it go on for that time; it must not end by itself. */
    void goOnFor(Duration time) throws InterruptedException {
        assertThat(process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "it ended by itself: " + err())
                .isFalse();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal, such as {@code INT}, to the JVM alone. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /**
     * Lets no file grow over a number of bytes from now on. To the JVM, which writes them, it is like a full disk, but it
     * needs neither a disk nor rights. What SQLite unpacks at its start would be too large already, so wait for that.
     */
    void limitFiles(long bytes) throws IOException, InterruptedException {
        limitFiles(Long.toString(bytes));
    }

    /** Lets files grow again, as if somebody had made room. */
    void unlimitFiles() throws IOException, InterruptedException {
        limitFiles("-1");
    }

    /** Only the limit that a process may raise again itself, so that lifting it needs no rights either. */
    private void limitFiles(String bytes) throws IOException, InterruptedException {
        Process limit = new ProcessBuilder(
                        EngineCommand.python().toString(),
                        "-c",
                        "import resource, sys; pid, most = map(int, sys.argv[1:]);"
                                + " hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1];"
                                + " resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if most < 0 else most, hard))",
                        Long.toString(process.pid()),
                        bytes)
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).isZero();
    }

    /** Waits until it, and all that it started, is gone. */
    void awaitNoProcess(Duration limit) {
        await().atMost(limit).untilAsserted(() -> assertThat(processes()).isEmpty());
    }

    /** The processes that have this engine's mark in their environment, without zombies, whose environment is empty. */
    List<Long> processes() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(this::isMarked)
                .toList();
    }

    private boolean isMarked(long pid) {
        try {
            String environment = Files.readString(Path.of("/proc/" + pid + "/environ"), ISO_8859_1);
            return environment.contains(MARK + "=" + mark + "\0");
        } catch (IOException e) {
            // It has ended meanwhile.
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
