package io.camelnotebook.kernel;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the search for kernels and Pythons may know of the machine. Immutable.
 *
 * @param variables the environment variables
 * @param home the user's home folder
 * @param userJupyterPath where the user's own kernels are installed if no variable says otherwise
 * @param systemJupyterPaths where kernels for all users are installed
 * @param systemPythons Pythons to try that need not be on the PATH
 */
public record SystemEnvironment(
        Map<String, String> variables,
        Path home,
        Path userJupyterPath,
        List<Path> systemJupyterPaths,
        List<Path> systemPythons) {

    public SystemEnvironment {
        variables = Map.copyOf(variables);
        systemJupyterPaths = List.copyOf(systemJupyterPaths);
        systemPythons = List.copyOf(systemPythons);
    }

    /** The machine and user this process runs for. */
    public static SystemEnvironment current() {
        // What the user says of their home counts, as it does for Jupyter; the JVM asks the user database.
        Path home = Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")));
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        return new SystemEnvironment(
                System.getenv(),
                home,
                home.resolve(mac ? "Library/Jupyter" : ".local/share/jupyter"),
                List.of(Path.of("/usr/local/share/jupyter"), Path.of("/usr/share/jupyter")),
                // Apple's own comes last: where it is not installed, it is a stub that asks to be, in a dialog.
                (mac ? Stream.of("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin") : Stream.of("/usr/bin"))
                        .map(folder -> Path.of(folder, "python3"))
                        .toList());
    }

    /** The folder a variable names; empty if it is not set, or blank. */
    Optional<Path> folder(String variable) {
        return Optional.ofNullable(variables.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** Every executable file of that name on the PATH, in its order. */
    List<Path> onPath(String command) {
        return folders("PATH").stream()
                .map(folder -> folder.resolve(command))
                .filter(SystemEnvironment::isProgram)
                .toList();
    }

    /** The folders in which a folder {@code kernels} may be, in the order in which they count. */
    List<Path> jupyterPaths() {
        List<Path> paths = new ArrayList<>(folders("JUPYTER_PATH"));
        folder("JUPYTER_DATA_DIR").ifPresent(paths::add);
        paths.add(userJupyterPath);
        folder("VIRTUAL_ENV").ifPresent(prefix -> paths.add(prefix.resolve("share/jupyter")));
        folder("CONDA_PREFIX").ifPresent(prefix -> paths.add(prefix.resolve("share/jupyter")));
        paths.addAll(systemJupyterPaths);
        return paths.stream().distinct().toList();
    }

    /** Where this project keeps what belongs to the user. */
    Path dataHome() {
        return folder("XDG_DATA_HOME").orElse(home.resolve(".local/share")).resolve("camel-notebook");
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private List<Path> folders(String variable) {
        List<Path> folders = new ArrayList<>();
        for (String folder : variables.getOrDefault(variable, "").split(File.pathSeparator)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        return folders;
    }
}
