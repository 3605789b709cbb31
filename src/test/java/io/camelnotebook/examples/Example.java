package io.camelnotebook.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An example that runs in a process of its own, in a copy of the folder with all of them. */
final class Example implements AutoCloseable {

    private final Path folder;
    private final Path log;
    private final Process process;

    private Example(Path folder, Path log, Process process) {
        this.folder = folder;
        this.log = log;
        this.process = process;
    }

    /** Starts a class with main, or a file of Java, after options for the JVM. */
    static Example start(Path folder, String... arguments) throws IOException {
        copy(Path.of("examples"), folder);
        Path python = Path.of(System.getProperty("test.python")).toAbsolutePath();
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                "-cp",
                classPath()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Path bin = python.resolveSibling("");
        builder.environment().put("VIRTUAL_ENV", bin.resolveSibling("").toString());
        builder.environment().merge("PATH", bin.toString(), (path, ours) -> ours + File.pathSeparator + path);
        return new Example(folder, log, builder.start());
    }

    /** That of this test, independent of the working directory. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    /** Without what somebody's own run has left. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path name = from.relativize(file);
            if (!List.of("scores", "events", "target").contains(name.getName(0).toString())) {
                Files.createDirectories(to.resolve(name).getParent());
                Files.copy(file, to.resolve(name));
            }
        }
    }

    /** Waits until it has written a file, and gives back what is in it. */
    String written(String name) throws IOException {
        Path file = folder.resolve(name);
        Awaitility.await(name)
                .atMost(90, TimeUnit.SECONDS)
                .failFast(
                        "it goes on",
                        () -> assertThat(process.isAlive()).as(this::log).isTrue())
                .untilAsserted(() -> assertThat(file).as(this::log).isNotEmptyFile());
        return Files.readString(file);
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
