package io.camelnotebook.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads {@code kernel.json} files. What is wrong with one is reported, never thrown. */
final class KernelSpecReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BARE_PYTHONS = Set.of("python", "python3");

    private final SystemEnvironment environment;
    private final Consumer<KernelProblem> problems;

    KernelSpecReader(SystemEnvironment environment, Consumer<KernelProblem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The kernels under the folder {@code kernels} of a Jupyter path, sorted by name. */
    List<KernelSpec> readAll(Path jupyterPath) {
        Path kernels = jupyterPath.resolve("kernels");
        if (!Files.isDirectory(kernels)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(kernels)) {
            return folders.filter(folder -> Files.exists(folder.resolve("kernel.json")))
                    .sorted()
                    .flatMap(folder -> read(folder).stream())
                    .toList();
        } catch (IOException e) {
            problems.accept(new KernelProblem(kernels.toString(), "cannot be listed: " + e.getMessage()));
            return List.of();
        }
    }

    /** The kernel of that folder, or nothing and a report. */
    Optional<KernelSpec> read(Path folder) {
        Path file = folder.resolve("kernel.json");
        try {
            return Optional.of(spec(folder, JSON.readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException e) {
            problems.accept(new KernelProblem(
                    file + ":" + Math.max(1, e.getLocation().getLineNr()), "is not JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            problems.accept(new KernelProblem(file.toString(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private KernelSpec spec(Path folder, JsonNode json) throws IOException {
        String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
        List<String> argv = new ArrayList<>();
        for (JsonNode argument : json.path("argv")) {
            argv.add(argument.asText());
        }
        if (argv.isEmpty()) {
            throw new IOException("has no \"argv\", the list of words of the command that starts the kernel");
        }
        Map<String, String> env = new LinkedHashMap<>();
        json.path("env")
                .fields()
                .forEachRemaining(e -> env.put(e.getKey(), e.getValue().asText()));
        argv.set(0, program(folder, argv.get(0), env));
        return new KernelSpec(
                name,
                json.path("display_name").asText(name),
                json.path("language").asText(""),
                argv,
                env,
                interruptMode(json.path("interrupt_mode").asText("signal")),
                Optional.of(folder),
                folder.toString());
    }

    private static InterruptMode interruptMode(String mode) throws IOException {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "signal" -> InterruptMode.SIGNAL;
            case "message" -> InterruptMode.MESSAGE;
            default -> throw new IOException("\"interrupt_mode\" is \"" + mode + "\", not \"signal\" or \"message\"");
        };
    }

    /** Checked here, so that the leftover of a deleted environment does not hide a kernel that works. */
    private String program(Path folder, String word, Map<String, String> env) throws IOException {
        if (BARE_PYTHONS.contains(word)) {
            Optional<Path> own = pythonOfPrefix(folder, word);
            if (own.isPresent()) {
                return own.get().toString();
            }
        }
        if (word.contains("{")) {
            return word;
        }
        if (word.contains("/")) {
            if (Path.of(word).isAbsolute() && !SystemEnvironment.isProgram(Path.of(word))) {
                throw new IOException("starts " + word + ", which is not there (or not executable) any more:"
                        + " install the kernel again, or delete " + folder);
            }
        } else if (!env.containsKey("PATH") && environment.onPath(word).isEmpty()) {
            throw new IOException("starts " + word + ", which is not on the PATH");
        }
        return word;
    }

    private static Optional<Path> pythonOfPrefix(Path folder, String word) {
        Path relative = Path.of("share", "jupyter", "kernels");
        Path kernels = folder.toAbsolutePath().normalize().getParent();
        if (kernels == null || !kernels.endsWith(relative)) {
            return Optional.empty();
        }
        Path bin = kernels.resolve("../../../bin").normalize();
        return Stream.of(word, "python", "python3")
                .map(bin::resolve)
                .filter(SystemEnvironment::isProgram)
                .findFirst();
    }
}
