package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Small Python notebooks for tests. */
final class Notebooks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Notebooks() {}

    /** Writes a notebook of code cells; the first is its parameters cell. */
    static Path write(Path file, String... cells) throws IOException {
        ObjectNode notebook = JSON.createObjectNode();
        notebook.put("nbformat", 4).put("nbformat_minor", 5);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", "python3")
                .put("language", "python")
                .put("display_name", "Python 3");
        for (int i = 0; i < cells.length; i++) {
            ObjectNode cell = notebook.withArray("cells").addObject();
            cell.put("cell_type", "code").put("id", "cell-" + i).put("source", cells[i]);
            cell.putNull("execution_count");
            cell.putArray("outputs");
            ObjectNode metadata = cell.putObject("metadata");
            if (i == 0) {
                metadata.putArray("tags").add("parameters");
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, JSON.writeValueAsString(notebook));
    }

    /**
     * Writes the spec of a kernel called {@code fake} that does what a cell's text says, where an {@link Engine} in that
     * working directory finds it. Its parameters are written in Python; see {@code src/test/python/fake_kernel.py}.
     */
    static void writeFakeKernelSpec(Path directory, String... arguments) throws IOException {
        ObjectNode spec = JSON.createObjectNode();
        spec.put("display_name", "fake").put("language", "python");
        spec.putArray("argv")
                .add(Path.of(System.getProperty("test.python")).toAbsolutePath().toString())
                .add(Path.of("src/test/python/fake_kernel.py").toAbsolutePath().toString())
                .add("{connection_file}")
                .addAll(Stream.of(arguments).map(spec::textNode).toList());
        Path folder = Files.createDirectories(directory.resolve("kernels/fake"));
        Files.writeString(folder.resolve("kernel.json"), JSON.writeValueAsString(spec));
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** All that the code cells printed. */
    static String printed(Path notebook) throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode cell : json(notebook).path("cells")) {
            for (JsonNode output : cell.path("outputs")) {
                if (output.path("output_type").asText().equals("stream")) {
                    output.path("text").forEach(line -> text.append(line.asText()));
                    text.append(
                            output.path("text").isTextual()
                                    ? output.path("text").asText()
                                    : "");
                }
            }
        }
        return text.toString();
    }
}
