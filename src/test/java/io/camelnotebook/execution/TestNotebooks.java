package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of small notebooks, and what is asked for when they are executed. */
final class TestNotebooks {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String kernel;

    TestNotebooks(Path folder, String kernel) {
        this.folder = folder;
        this.kernel = kernel;
    }

    /** A code cell with tags. */
    static ObjectNode cell(String source, String... tags) {
        ObjectNode cell = JSON.createObjectNode();
        cell.put("cell_type", "code").put("source", source).putNull("execution_count");
        cell.putArray("outputs");
        ObjectNode metadata = cell.putObject("metadata");
        if (tags.length > 0) {
            metadata.set("tags", JSON.valueToTree(tags));
        }
        return cell;
    }

    /** Writes a notebook of these cells and gives a request to execute it. */
    ExecutionRequest request(ObjectNode... cells) throws IOException {
        ObjectNode notebook = JSON.createObjectNode();
        notebook.put("nbformat", 4).put("nbformat_minor", 4);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("name", kernel)
                .put("display_name", kernel);
        notebook.putArray("cells").addAll(List.of(cells));
        Path input = folder.resolve("in.ipynb");
        Files.write(input, JSON.writeValueAsBytes(notebook));
        return new ExecutionRequest(
                input,
                output(),
                Map.of(),
                Optional.empty(),
                folder,
                Map.of(),
                false,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                ExecutionOptions.DEFAULT);
    }

    Path output() {
        return folder.resolve("out.ipynb");
    }

    /** The executed notebook as it is on disk. */
    JsonNode executed() throws IOException {
        return JSON.readTree(output().toFile());
    }

    /** Text as documents keep it: whole, or as lines. */
    static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        StringBuilder text = new StringBuilder();
        node.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    static ExecutionRequest with(ExecutionRequest request, ExecutionOptions options) {
        return new ExecutionRequest(
                request.notebook(),
                request.output(),
                request.parameters(),
                request.kernel(),
                request.directory(),
                request.environment(),
                request.strictParameters(),
                request.startTimeout(),
                request.autosaveInterval(),
                options);
    }

    static ExecutionRequest with(ExecutionRequest request, Duration startTimeout) {
        return new ExecutionRequest(
                request.notebook(),
                request.output(),
                request.parameters(),
                request.kernel(),
                request.directory(),
                request.environment(),
                request.strictParameters(),
                startTimeout,
                request.autosaveInterval(),
                request.options());
    }

    static ExecutionRequest with(
            ExecutionRequest request, Map<String, JsonNode> parameters, Map<String, String> environment) {
        return new ExecutionRequest(
                request.notebook(),
                request.output(),
                parameters,
                request.kernel(),
                request.directory(),
                environment,
                request.strictParameters(),
                request.startTimeout(),
                request.autosaveInterval(),
                request.options());
    }
}
