package io.camelnotebook.main;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.DeclaredParameter;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookReader;
import io.camelnotebook.notebook.parameters.ParametersCell;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be told about the parameters of a notebook without running it.
 *
 * @param notebook its path, or {@code -}
 * @param language of the notebook; empty if it does not say
 * @param cell the cell tagged {@code parameters}, if there is one
 * @param declared what that cell declares; empty if that cannot be told
 */
record NotebookParameters(
        String notebook, String language, Optional<Cell> cell, Optional<List<DeclaredParameter>> declared) {

    private static final String PYTHON = "python";

    /** Where papermill begins the help of a parameter. */
    private static final int HELP_COLUMN = 34;

    private static final int LONGEST_BESIDE_HELP = 30;

    /** Reads them from a file, or from the standard input. */
    static NotebookParameters of(String path, LocalKernels kernels) {
        Notebook notebook = read(path);
        Optional<Cell> cell = notebook.cells().stream()
                .filter(candidate -> candidate.tags().contains(ParametersCell.DECLARED))
                .findFirst();
        String kernel = notebook.kernelName().orElse("");
        // What is installed is enough: looking at a notebook should not make an environment.
        Optional<KernelSpec> spec = kernels.specs().list().specs().stream()
                .filter(found -> found.name().equalsIgnoreCase(kernel))
                .findFirst();
        String language = notebook.language()
                .or(() -> spec.map(KernelSpec::language))
                .orElse(kernel.startsWith(PYTHON) ? PYTHON : "")
                .toLowerCase(Locale.ROOT);
        Optional<List<DeclaredParameter>> declared = language.endsWith(PYTHON)
                ? cell.flatMap(found -> spec.flatMap(python -> kernels.declaredParameters(python, found.source()))
                        .or(() -> kernels.declaredPythonParameters(found.source())))
                : Optional.empty();
        return new NotebookParameters(path, language, cell, declared);
    }

    private static Notebook read(String path) {
        try {
            return path.equals(NotebookPaths.STREAM)
                    ? NotebookReader.read(StandardStreams.input(), path)
                    : NotebookReader.read(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new UsageException(path + ": there is no such notebook; is the path right?");
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw new UsageException(message.startsWith(path) ? message : path + ": " + e);
        }
    }

    /** For people, in papermill's layout. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Parameters inferred for notebook '" + notebook + "':");
        if (cell.isEmpty()) {
            lines.add("");
            lines.add("  No cell tagged 'parameters'");
        } else if (declared.isPresent()) {
            declared.get().forEach(parameter -> lines.addAll(lines(parameter)));
            if (declared.get().isEmpty()) {
                lines.add("");
                lines.add("  The cell tagged 'parameters' declares none");
            }
        } else {
            lines.add("");
            lines.add(
                    language.endsWith(PYTHON)
                            ? "  The cell tagged 'parameters' is no Python that can be parsed. It says:"
                            : "  Only Python notebooks can be inspected, and this one is "
                                    + (language.isEmpty() ? "in a language it does not name" : "in " + language)
                                    + ". Its cell tagged 'parameters' says:");
            lines.add("");
            cell.get().source().lines().forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private static List<String> lines(DeclaredParameter parameter) {
        String definition = "  " + parameter.name() + ": "
                + Objects.requireNonNullElse(parameter.type(), "Unknown type")
                + (parameter.defaultValue() == null ? " (no default)" : " (default " + parameter.defaultValue() + ")");
        String help = Objects.requireNonNullElse(parameter.comment(), "");
        if (help.isEmpty()) {
            return List.of(definition);
        }
        return definition.length() > LONGEST_BESIDE_HELP
                ? List.of(definition, " ".repeat(HELP_COLUMN) + help)
                : List.of(definition + " ".repeat(HELP_COLUMN - definition.length()) + help);
    }

    /** For programs: {@code parameters} is null where they cannot be told. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("notebook", notebook);
        json.put("language", language.isEmpty() ? null : language);
        json.put("has_parameters_cell", cell.isPresent());
        if (cell.isPresent() && declared.isEmpty()) {
            json.putNull("parameters");
            return json;
        }
        ArrayNode parameters = json.putArray("parameters");
        declared.orElse(List.of())
                .forEach(parameter -> parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("type", parameter.type())
                        .put("default", parameter.defaultValue())
                        .put("help", parameter.comment()));
        return json;
    }
}
