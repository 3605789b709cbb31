package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine in a temporary folder: kernelspecs, and shell scripts that answer as Pythons would. */
final class FakeMachine {
    final Path root;
    final Map<String, String> variables = new HashMap<>();
    final List<String> progress = new ArrayList<>();

    FakeMachine(Path root) {
        this.root = root;
        variables.put("PATH", root.resolve("usr/bin") + ":/usr/bin-of-the-real-machine-is-not-searched");
    }

    SystemEnvironment environment() {
        Path home = root.resolve("home");
        return new SystemEnvironment(
                variables,
                home,
                home.resolve(".local/share/jupyter"),
                List.of(root.resolve("usr/share/jupyter")),
                List.of(root.resolve("usr/bin/python3")));
    }

    Interpreters interpreters() {
        return new Interpreters(environment());
    }

    KernelSpecs specs(Path... configured) {
        Interpreters interpreters = interpreters();
        return new KernelSpecs(
                environment(), List.of(configured), interpreters, privateEnvironment(interpreters, "ipykernel\n"));
    }

    PrivateEnvironment privateEnvironment(String requirements) {
        return privateEnvironment(interpreters(), requirements);
    }

    Path privateFolder() {
        return root.resolve("home/.local/share/camel-notebook/python");
    }

    /** Writes a kernel.json as it is. */
    Path kernelJson(String folder, String json) throws IOException {
        Path directory = Files.createDirectories(root.resolve(folder));
        Files.writeString(directory.resolve("kernel.json"), json);
        return directory;
    }

    /** A kernelspec of that display name, whose program is there. */
    Path kernelspec(String folder, String displayName) throws IOException {
        return kernelJson(folder, """
                {"argv": ["/bin/sh", "{connection_file}"], "display_name": "%s", "language": "any", "unknown": 1}
                """.formatted(displayName));
    }

    /** A Python that has these modules. */
    Path python(String file, int minor, String... modules) throws IOException {
        return pythonThatMakes(file, minor, "exit 3", "exit 3", modules);
    }

    /**
     * A Python that, to make a virtual environment, runs the first shell command in its folder, and whose environments
     * run the second for pip. Each probe, environment and installation is a line in the file {@code calls}.
     */
    Path pythonThatMakes(String file, int minor, String venv, String pip, String... modules) throws IOException {
        Path path = root.resolve(file);
        String list = modules.length == 0 ? "" : '"' + String.join("\", \"", modules) + '"';
        return program(path, """
                #!/bin/sh
                PATH=/usr/bin:/bin
                echo "$0 $1 $2" | head -1 >> %1$s/calls
                case "$1 $2" in
                '-m venv') mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cd "$3" && %2$s ;;
                '-m pip') %3$s ;;
                *) echo '{"executable": "%4$s", "version": [3, %5$d], "modules": [%6$s]}' ;;
                esac
                """.formatted(root, venv, pip, path, minor, list));
    }

    Path program(Path path, String script) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, script);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    List<String> calls() throws IOException {
        Path calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private PrivateEnvironment privateEnvironment(Interpreters interpreters, String requirements) {
        return new PrivateEnvironment(environment(), interpreters, requirements, progress::add);
    }
}
