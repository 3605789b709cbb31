package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the private environment: a virtual environment, and into it what pip installs. */
final class PrivateEnvironmentBuilder {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final List<String> NEEDED = List.of("venv", "ensurepip");

    private final SystemEnvironment environment;
    private final Interpreters interpreters;

    PrivateEnvironmentBuilder(SystemEnvironment environment, Interpreters interpreters) {
        this.environment = environment;
        this.interpreters = interpreters;
    }

    /** Replaces what is in the folder; when it fails, nothing is left in it. */
    void build(Path folder, String requirements) throws IOException {
        Interpreter python = python();
        boolean built = false;
        try {
            delete(folder);
            run(List.of(python.executable().toString(), "-m", "venv", folder.toString()), python);
            Path list = Files.writeString(folder.resolve("requirements.txt"), requirements);
            install(folder, list, python);
            built = true;
        } finally {
            if (!built) {
                delete(folder);
            }
        }
    }

    private Interpreter python() {
        List<Interpreter> supported = interpreters.forEnvironments().stream()
                .flatMap(path -> interpreters.probe(path).interpreter().stream())
                .filter(Interpreter::isSupported)
                .toList();
        Optional<Interpreter> able =
                supported.stream().filter(i -> i.has(NEEDED)).findFirst();
        if (able.isPresent()) {
            return able.get();
        }
        if (supported.isEmpty()) {
            throw new PrivateEnvironmentException(
                    "No suitable Python kernel was found, and no Python 3.9 or newer on the PATH to"
                            + " make one with. On Debian or Ubuntu, run: apt install python3 python3-venv");
        }
        throw withoutVenv(supported.get(0));
    }

    private static PrivateEnvironmentException withoutVenv(Interpreter python) {
        return new PrivateEnvironmentException("No suitable Python kernel was found, and " + python.executable()
                + " (Python "
                + python.version() + ") can't make a virtual environment, because its module ensurepip is missing."
                + " On Debian or Ubuntu, run: apt install python3-venv");
    }

    private void run(List<String> command, Interpreter python) throws IOException {
        CommandOutput output = CommandOutput.of(command, environment.variables(), LIMIT);
        if (output.status() == 0) {
            return;
        }
        // Debian's Pythons say so themselves, in several lines.
        if (output.text().contains("ensurepip is not")) {
            throw withoutVenv(python);
        }
        throw new PrivateEnvironmentException("The Python environment for kernels can't be made: "
                + lastLine(output.text()) + ". To see more, run: " + String.join(" ", command));
    }

    private void install(Path folder, Path list, Interpreter python) throws IOException {
        String executable = folder.resolve("bin/python").toString();
        List<String> command = List.of(
                executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "-r",
                list.toString());
        CommandOutput output = CommandOutput.of(command, environment.variables(), LIMIT);
        if (output.status() != 0) {
            throw new PrivateEnvironmentException("No suitable Python kernel was found, and pip could not install one: "
                    + lastLine(output.text())
                    + ". If there is no way to PyPI from here, set PIP_INDEX_URL or HTTPS_PROXY to one; or install it"
                    + " yourself: "
                    + python.executable() + " -m venv kernels && kernels/bin/pip install ipykernel pandas matplotlib"
                    + " cloudpickle && . kernels/bin/activate");
        }
    }

    /** pip and Python both end with the line that matters most; pip's carries its level. */
    private static String lastLine(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("ERROR: "))
                .reduce((first, second) -> second)
                .map(line -> line.substring("ERROR: ".length()))
                .orElse(lines.isEmpty() ? "no reason given" : lines.get(lines.size() - 1))
                .strip();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        // The marker first: a deletion that is cut short must not leave what looks complete.
        Files.deleteIfExists(folder.resolve(".complete"));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
