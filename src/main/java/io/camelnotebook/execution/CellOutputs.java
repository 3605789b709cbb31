package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.JsonOutput;
import io.camelnotebook.notebook.Output;
import io.camelnotebook.notebook.StreamOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a kernel publishes about a cell into the cell's outputs, unless an Output widget asked for them. */
final class CellOutputs {

    private final Cell cell;
    private final DisplayIndex displays;
    private final Widgets widgets;
    private boolean clearBeforeNext;

    CellOutputs(Cell cell, DisplayIndex displays, Widgets widgets) {
        this.cell = cell;
        this.displays = displays;
        this.widgets = widgets;
    }

    /** Takes a message of the IOPub channel; those that are no output are ignored. */
    void accept(Message message) {
        JsonNode count = message.field("execution_count");
        if (count.canConvertToInt()) {
            cell.setExecutionCount(count.intValue());
        }
        switch (message.type()) {
            case "stream", "error" -> output(message);
            case "display_data", "execute_result" -> {
                update(message);
                output(message);
            }
            case "update_display_data" -> update(message);
            case "clear_output" ->
                widgets.capturing(message)
                        .ifPresentOrElse(
                                widget -> widget.clear(message),
                                () -> clear(message.field("wait").asBoolean()));
            case "comm_open" -> widgets.opened(message);
            case "comm_msg" -> widgets.changed(message);
            default -> {
                // status, execute_input, comm_close and what later protocols bring: no output
            }
        }
    }

    private void output(Message message) {
        Optional<OutputWidget> widget = widgets.capturing(message);
        if (widget.isPresent()) {
            widget.get().add(message);
            return;
        }
        if (clearBeforeNext) {
            clear(false);
        }
        if (message.type().equals("stream")) {
            stream(message.text("name"), message.text("text"));
            return;
        }
        ObjectNode output = PublishedOutput.json(message);
        cell.outputs().add(new JsonOutput(output));
        String id = displayId(message);
        if (!id.isEmpty() && output.has("data")) {
            displays.add(id, output);
        }
    }

    private void stream(String name, String text) {
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

    private void update(Message message) {
        String id = displayId(message);
        if (!id.isEmpty()) {
            displays.update(
                    id,
                    PublishedOutput.object(message.field("data")),
                    PublishedOutput.object(message.field("metadata")));
        }
    }

    private void clear(boolean wait) {
        clearBeforeNext = wait;
        if (wait) {
            return;
        }
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
}
