package io.camelnotebook.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
