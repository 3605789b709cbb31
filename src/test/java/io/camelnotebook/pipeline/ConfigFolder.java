package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with the notebooks {@code a.ipynb}, {@code b.ipynb} and {@code c.ipynb}, in which tests read configs. */
final class ConfigFolder {

    private final Path folder;
    private PipelineLimits limits = PipelineLimits.defaults();
    private Map<String, JsonNode> overrides = Map.of();

    ConfigFolder(Path folder) {
        this.folder = folder;
        for (String name : List.of("a", "b", "c")) {
            notebook(name + ".ipynb");
        }
    }

    ConfigFolder notebook(String path) {
        write(path, "{}");
        return this;
    }

    ConfigFolder with(PipelineLimits other) {
        limits = other;
        return this;
    }

    ConfigFolder with(Map<String, JsonNode> parameters) {
        overrides = parameters;
        return this;
    }

    Path write(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Pipeline read(Path file) {
        return new PipelineReader(folder, limits, PipelineCheck.NONE).read(file, overrides);
    }

    Pipeline yaml(String content) {
        return read(write("x.yaml", content));
    }

    Pipeline json(String content) {
        return read(write("x.json", content));
    }

    /** The messages about the file's problems, without the folder's path. */
    List<String> problems(Path file) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(file));
        return refused.problems().stream()
                .map(problem -> problem.message().replace(folder + "/", ""))
                .toList();
    }

    List<String> yamlProblems(String content) {
        return problems(write("x.yaml", content));
    }

    List<String> jsonProblems(String content) {
        return problems(write("x.json", content));
    }
}
