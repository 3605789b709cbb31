package io.camelnotebook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a launcher finds on its machine: a PATH of everyday tools, and of a java, mvn and python that are scripts. */
final class LauncherMachine {
    private static final List<String> TOOLS = List.of(
            "bash",
            "dirname",
            "env",
            "find",
            "grep",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "seq",
            "sh",
            "sleep",
            "tail",
            "touch");

    /** Answers as a JVM does when asked for its properties, otherwise tells how it was started. */
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -XshowSettings:properties ]; then
                printf '    java.home = %s\\n    java.version = %s\\n' '{home}' '{version}' >&2
                exit 0
            fi
            echo "pid $$"
            echo "cwd $(pwd -P)"
            for argument in "$@"; do echo "arg $argument"; done
            """;

    private final Path bin;
    private final Path jdkHome;
    private final Map<String, String> environment = new HashMap<>();

    private LauncherMachine(Path folder) {
        bin = folder.resolve("bin");
        jdkHome = folder.resolve("a jdk");
    }

    static LauncherMachine in(Path folder) throws IOException {
        var machine = new LauncherMachine(folder);
        Files.createDirectories(machine.bin);
        for (var tool : TOOLS) {
            script(machine.bin.resolve(tool), "#!/bin/sh\nexec '" + find(tool) + "' \"$@\"\n");
        }
        script(machine.bin.resolve("python3"), "#!/bin/sh\nexit 0\n");
        machine.set("PATH", machine.bin.toString());
        machine.set("HOME", folder.toString());
        machine.set("LC_ALL", "C.UTF-8");
        return machine;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    Path jdkHome() {
        return jdkHome;
    }

    void hasJdk(String version) throws IOException {
        jdk(jdkHome, version);
        Files.deleteIfExists(bin.resolve("java"));
        Files.createSymbolicLink(bin.resolve("java"), jdkHome.resolve("bin/java"));
    }

    void hasNoJdk() throws IOException {
        Files.delete(bin.resolve("java"));
    }

    void hasMaven(String behaviour) throws IOException {
        script(bin.resolve("mvn"), "#!/bin/sh\n" + behaviour + "\n");
    }

    void hasNoMaven() throws IOException {
        Files.delete(bin.resolve("mvn"));
    }

    void hasNoPython() throws IOException {
        Files.delete(bin.resolve("python3"));
    }

    static void jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), JAVA.replace("{home}", home.toString()).replace("{version}", version));
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    Process launch(Path launcher, Path workingDirectory, String... arguments) throws IOException {
        var command = Stream.concat(Stream.of(launcher.toString()), Arrays.stream(arguments))
                .toList();
        var builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Starts a launcher and waits for its end; what it writes must fit into the pipes' buffers. */
    Started start(Path launcher, Path workingDirectory, String... arguments) throws IOException, InterruptedException {
        var process = launch(launcher, workingDirectory, arguments);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(launcher + " did not end");
        }
        return new Started(
                process.pid(),
                process.exitValue(),
                process.inputReader(UTF_8).lines().toList(),
                process.errorReader(UTF_8).lines().toList());
    }

    private static Path find(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("These tests need " + tool + " on the PATH"));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new AssertionError("Cannot make " + file + " executable");
        }
    }

    /** How a start ended, and what the java that it found was given. */
    record Started(long pid, int status, List<String> output, List<String> errors) {
        String lastError() {
            return errors.get(errors.size() - 1);
        }

        List<String> arguments() {
            return values("arg ");
        }

        List<String> classPath() {
            return List.of(arguments().get(arguments().indexOf("-cp") + 1).split(File.pathSeparator));
        }

        long javaPid() {
            return Long.parseLong(values("pid ").get(0));
        }

        String workingDirectory() {
            return values("cwd ").get(0);
        }

        private List<String> values(String key) {
            return output.stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()))
                    .toList();
        }
    }
}
