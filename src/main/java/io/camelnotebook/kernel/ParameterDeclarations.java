package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what parameters cells declare, by the parser of the Python that the kernel runs on. That takes some 30 ms for the
 * first cell, and less than one for each that follows. Thread-safe.
 */
final class ParameterDeclarations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ParameterDeclarations.class);
    private static final int KEPT = 1_000;

    private record Cell(Path python, String source) {}

    private final Map<Cell, Optional<List<DeclaredParameter>>> known = new ConcurrentHashMap<>();
    private final Map<Path, ParameterParser> parsers = new ConcurrentHashMap<>();

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
        return known.computeIfAbsent(new Cell(python, source), this::ask);
    }

    private Optional<List<DeclaredParameter>> ask(Cell cell) {
        try {
            JsonNode answer = parsers.computeIfAbsent(cell.python(), ParameterParser::new)
                    .ask(cell.source())
                    .path("parameters");
            if (answer.isArray()) {
                List<DeclaredParameter> parameters = new ArrayList<>();
                answer.forEach(parameter -> parameters.add(new DeclaredParameter(
                        parameter.path("name").asText(),
                        parameter.path("default").textValue(),
                        parameter.path("type").textValue(),
                        parameter.path("comment").textValue())));
                return Optional.of(parameters);
            }
            LOG.debug("A parameters cell is no Python that can be parsed");
        } catch (IOException e) {
            LOG.debug("A parameters cell could not be read", e);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        parsers.values().forEach(ParameterParser::close);
    }
}
