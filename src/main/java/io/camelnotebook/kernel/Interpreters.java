package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Pythons of the machine. Each is asked once, by running it, and its answer kept. Thread-safe. */
public final class Interpreters {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OLDEST_MINOR = 9;
    private static final int NEWEST_MINOR = 15;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SystemEnvironment environment;
    private final String question = PackagedText.read("probe.py");
    private final Map<Path, Probe> probes = new ConcurrentHashMap<>();

    public Interpreters(SystemEnvironment environment) {
        this.environment = environment;
    }

    /** Where a Python for kernels is looked for: the active virtual environment, the PATH, the system's own. */
    public List<Path> forKernels() {
        Stream<Path> active = environment.folder("VIRTUAL_ENV").map(prefix -> prefix.resolve("bin/python")).stream();
        return programs(active, environment.onPath("python3").stream(), environment.systemPythons().stream());
    }

    /** Where a Python for virtual environments is looked for: the PATH, newer ones first, and the system's own. */
    List<Path> forEnvironments() {
        Stream<Path> versions = IntStream.rangeClosed(OLDEST_MINOR, NEWEST_MINOR)
                .map(minor -> NEWEST_MINOR + OLDEST_MINOR - minor)
                .boxed()
                .flatMap(minor -> environment.onPath("python3." + minor).stream());
        return programs(environment.onPath("python3").stream(), versions, environment.systemPythons().stream());
    }

    /**
     * A Python for our own programs, such as the kernel host: the system's own where it will do, since it is behind no
     * launcher and does not go away with an environment.
     */
    public Optional<Interpreter> firstSupported() {
        return programs(environment.systemPythons().stream(), forEnvironments().stream(), Stream.empty()).stream()
                .flatMap(path -> probe(path).interpreter().stream())
                .filter(Interpreter::isSupported)
                .findFirst();
    }

    /** What that Python answers. */
    public Probe probe(Path path) {
        return probes.computeIfAbsent(path, p -> throughLauncher(ask(p)));
    }

    /** A launcher (pyenv's takes 60 ms) is passed over, unless what it launches answers otherwise without it. */
    private Probe throughLauncher(Probe answer) {
        return answer.interpreter()
                .filter(i -> !i.executable().equals(answer.path()))
                .filter(i -> !ask(i.executable()).interpreter().equals(answer.interpreter()))
                .map(i -> new Probe(answer.path(), Optional.of(i.at(answer.path())), ""))
                .orElse(answer);
    }

    /** Those that are there; one that is reached by two paths, as with /bin and /usr/bin, counts once. */
    private static List<Path> programs(Stream<Path> first, Stream<Path> second, Stream<Path> third) {
        Map<Path, Path> programs = new LinkedHashMap<>();
        Stream.of(first, second, third)
                .flatMap(paths -> paths)
                .filter(SystemEnvironment::isProgram)
                .forEach(path -> programs.putIfAbsent(inRealFolder(path), path));
        return List.copyOf(programs.values());
    }

    /** Not the real path of the program itself: that of a virtual environment's Python is another Python. */
    private static Path inRealFolder(Path program) {
        try {
            return program.resolveSibling(".").toRealPath().resolve(program.getFileName());
        } catch (IOException e) {
            return program;
        }
    }

    private Probe ask(Path path) {
        try {
            CommandOutput output =
                    CommandOutput.of(List.of(path.toString(), "-c", question), environment.variables(), LIMIT);
            // The last line only: a sitecustomize may have its say before.
            String answer = output.text().substring(output.text().lastIndexOf('\n') + 1);
            if (output.status() != 0) {
                return new Probe(path, Optional.empty(), "does not run as a Python 3: " + answer);
            }
            return new Probe(path, Optional.of(interpreter(JSON.readTree(answer))), "");
        } catch (IOException e) {
            return new Probe(path, Optional.empty(), "does not run as a Python 3: " + e.getMessage());
        }
    }

    private static Interpreter interpreter(JsonNode answer) throws IOException {
        if (!answer.path("executable").isTextual()) {
            throw new IOException("it answered " + answer);
        }
        Set<String> modules = new HashSet<>();
        answer.path("modules").forEach(module -> modules.add(module.asText()));
        return new Interpreter(
                Path.of(answer.path("executable").asText()),
                answer.path("version").path(0).asInt(),
                answer.path("version").path(1).asInt(),
                modules);
    }

    /**
     * What came of asking a Python.
     *
     * @param path where it was found
     * @param interpreter what it answered; empty if it didn't
     * @param problem why it didn't answer
     */
    public record Probe(Path path, Optional<Interpreter> interpreter, String problem) {}
}
