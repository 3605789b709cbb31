package io.camelnotebook.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the outputs of code cells from nbformat 2 and 3 to version 4. */
final class OutputUpgrade {

    private static final List<Map.Entry<String, String>> MIME_TYPES = List.of(
            Map.entry("text", "text/plain"),
            Map.entry("html", "text/html"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("latex", "text/latex"),
            Map.entry("json", "application/json"),
            Map.entry("javascript", "application/javascript"));
    private static final Set<String> BESIDE_DATA = Set.of("output_type", "execution_count", "metadata");

    private final DocumentProblems problems;
    private final OldLines lines;

    OutputUpgrade(DocumentProblems problems, OldLines lines) {
        this.problems = problems;
        this.lines = lines;
    }

    /** Changes an output in place. */
    void output(String place, JsonNode node) {
        if (!(node instanceof ObjectNode output)) {
            problem(place, "an output, which is an object", node);
            return;
        }
        lines.join(place, output, "text", "html", "svg", "latex", "javascript", "json");
        JsonNode type = output.path("output_type");
        if (!type.isTextual()) {
            problem(place + "/output_type", "a string", type);
            return;
        }
        switch (type.textValue()) {
            case "pyout" -> {
                output.put("output_type", "execute_result");
                NotebookUpgrade.rename(output, "prompt_number", "execution_count", output.nullNode());
                data(place, output);
            }
            case "display_data" -> data(place, output);
            case "pyerr" -> output.put("output_type", "error");
            case "stream" -> {
                NotebookUpgrade.rename(output, "stream", "name", output.textNode("stdout"));
                if (!output.path("text").isTextual()) {
                    problem(place + "/text", "a string or a list of strings", output.path("text"));
                }
            }
            default -> {
                // Unknown to nbformat too: kept as it is.
            }
        }
    }

    private void data(String place, ObjectNode output) {
        JsonNode metadata = output.path("metadata");
        if (metadata.isMissingNode()) {
            output.putObject("metadata");
        } else if (metadata instanceof ObjectNode object) {
            nameByMimeType(object);
        } else {
            problem(place + "/metadata", "an object", metadata);
        }
        ObjectNode data = output.objectNode();
        List<String> names = new ArrayList<>();
        output.fieldNames().forEachRemaining(names::add);
        names.removeAll(BESIDE_DATA);
        names.forEach(name -> data.set(name, output.remove(name)));
        nameByMimeType(data);
        output.set("data", data);
        JsonNode json = data.path("application/json");
        if (!json.isMissingNode()) {
            parsed(json)
                    .ifPresentOrElse(
                            value -> data.set("application/json", value),
                            () -> problem(place + "/json", "JSON as a string", json));
        }
    }

    private static Optional<JsonNode> parsed(JsonNode json) {
        try {
            return Optional.of(NotebookReader.json(json.asText())).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static void nameByMimeType(ObjectNode data) {
        for (Map.Entry<String, String> mimeType : MIME_TYPES) {
            JsonNode value = data.remove(mimeType.getKey());
            if (value != null) {
                data.set(mimeType.getValue(), value);
            }
        }
    }

    private void problem(String place, String expected, JsonNode found) {
        problems.add(place, expected, found, NotebookCheck.SAVE_AGAIN);
    }
}
