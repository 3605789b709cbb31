package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.JsonOutput;
import io.camelnotebook.notebook.Output;
import io.camelnotebook.notebook.StreamOutput;
import java.util.ArrayList;
import java.util.List;

/** Turns what a kernel publishes about a cell into the cell's outputs. */
final class CellOutputs {

    private final Cell cell;
    private final DisplayIndex displays;
    private boolean clearBeforeNext;

    CellOutputs(Cell cell, DisplayIndex displays) {
        this.cell = cell;
        this.displays = displays;
    }

    /** Takes a message of the IOPub channel; those that are no output are ignored. */
    void accept(Message message) {
        JsonNode count = message.field("execution_count");
        if (count.canConvertToInt()) {
            cell.setExecutionCount(count.intValue());
        }
        switch (message.type()) {
            case "stream" -> stream(message.text("name"), message.text("text"));
            case "display_data", "execute_result" -> display(message);
            case "update_display_data" -> update(message);
            case "error" -> error(message);
            case "clear_output" -> {
                if (message.field("wait").asBoolean()) {
                    clearBeforeNext = true;
                } else {
                    clear();
                }
            }
            default -> {
                // status, execute_input, comm_open and what later protocols bring: no output
            }
        }
    }

    private void stream(String name, String text) {
        clearIfDue();
        List<Output> outputs = cell.outputs();
        if (!outputs.isEmpty()
                && outputs.get(outputs.size() - 1) instanceof StreamOutput last
                && last.name().equals(name)) {
            last.append(text);
        } else {
            StreamOutput stream = new StreamOutput(name);
            stream.append(text);
            outputs.add(stream);
        }
    }

    private void display(Message message) {
        clearIfDue();
        update(message);
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("output_type", message.type());
        output.set("data", object(message.field("data")));
        output.set("metadata", object(message.field("metadata")));
        if (message.type().equals("execute_result")) {
            JsonNode count = message.field("execution_count");
            output.set("execution_count", count.canConvertToInt() ? count : output.nullNode());
        }
        cell.outputs().add(new JsonOutput(output));
        String id = displayId(message);
        if (!id.isEmpty()) {
            displays.add(id, output);
        }
    }

    private void update(Message message) {
        String id = displayId(message);
        if (!id.isEmpty()) {
            displays.update(id, object(message.field("data")), object(message.field("metadata")));
        }
    }

    private void error(Message message) {
        clearIfDue();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("output_type", "error");
        output.put("ename", message.text("ename"));
        output.put("evalue", message.text("evalue"));
        output.putArray("traceback").addAll(texts(message.field("traceback")));
        cell.outputs().add(new JsonOutput(output));
    }

    private void clearIfDue() {
        if (clearBeforeNext) {
            clear();
        }
    }

    private void clear() {
        clearBeforeNext = false;
        List<ObjectNode> cleared = new ArrayList<>();
        for (Output output : cell.outputs()) {
            if (output instanceof JsonOutput json) {
                cleared.add(json.json());
            }
        }
        displays.forget(cleared);
        cell.outputs().clear();
    }

    private static String displayId(Message message) {
        return message.field("transient").path("display_id").asText("");
    }

    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static List<JsonNode> texts(JsonNode array) {
        List<JsonNode> texts = new ArrayList<>();
        array.forEach(text -> texts.add(JsonNodeFactory.instance.textNode(text.asText())));
        return texts;
    }
}
