package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what parameters cells declare, by the parser of the Python that the kernel runs on. That takes some 30 ms, once
 * for each cell. Thread-safe.
 */
final class ParameterDeclarations {

    private static final Logger LOG = LoggerFactory.getLogger(ParameterDeclarations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int KEPT = 1_000;

    private record Cell(String python, String source) {}

    private final Map<Cell, Optional<List<DeclaredParameter>>> known = new ConcurrentHashMap<>();

    /** The parameters in the order of the cell; empty if that cannot be told. */
    Optional<List<DeclaredParameter>> of(KernelSpec spec, String source) {
        String python = spec.argv().get(0);
        if (!spec.language().equalsIgnoreCase("python") || !Path.of(python).isAbsolute()) {
            return Optional.empty();
        }
        return ofPython(Path.of(python), source);
    }

    /** The same of a cell in Python, by the parser of the given one. */
    Optional<List<DeclaredParameter>> ofPython(Path python, String source) {
        if (known.size() > KEPT) {
            known.clear();
        }
        return known.computeIfAbsent(new Cell(python.toString(), source), ParameterDeclarations::ask);
    }

    private static Optional<List<DeclaredParameter>> ask(Cell cell) {
        try {
            CommandOutput output = CommandOutput.of(
                    List.of(cell.python(), "-I", "-S", "-c", PackagedText.read("parameters.py")),
                    System.getenv(),
                    cell.source().getBytes(StandardCharsets.UTF_8),
                    LIMIT);
            JsonNode answer = JSON.readTree(output.text());
            if (answer.isArray()) {
                List<DeclaredParameter> parameters = new ArrayList<>();
                answer.forEach(parameter -> parameters.add(new DeclaredParameter(
                        parameter.path("name").asText(),
                        parameter.path("default").textValue(),
                        parameter.path("type").textValue(),
                        parameter.path("comment").textValue())));
                return Optional.of(parameters);
            }
            LOG.debug("A parameters cell could not be read: {}", output.text());
        } catch (IOException e) {
            LOG.debug("A parameters cell could not be read", e);
        }
        return Optional.empty();
    }
}
