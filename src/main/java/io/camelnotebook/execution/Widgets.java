package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The widgets of a notebook, as far as they matter without a browser: their state is kept, and those of class
 * {@code Output} work. For one thread.
 */
final class Widgets {

    /** Sends data to the kernel's end of a comm. */
    @FunctionalInterface
    interface Sender {

        /**
         * Sends at once.
         *
         * @param parent the header of the request that caused it
         */
        void send(ObjectNode parent, String commId, ObjectNode data);
    }

    private final Sender sender;
    private final WidgetStates states = new WidgetStates();
    private final Map<String, OutputWidget> outputWidgets = new LinkedHashMap<>();
    private final Map<String, Deque<OutputWidget>> capturing = new HashMap<>();

    Widgets(Sender sender) {
        this.sender = sender;
    }

    /** Takes a {@code comm_open}. */
    void opened(Message message) {
        states.merge(message);
        JsonNode state = message.field("data").path("state");
        if (message.text("target_name").equals("jupyter.widget")
                && state.path("_model_module").asText().equals("@jupyter-widgets/output")
                && state.path("_model_name").asText().equals("OutputModel")) {
            String id = message.text("comm_id");
            ArrayNode outputs =
                    state.path("outputs") instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
            outputWidgets.put(id, new OutputWidget(id, outputs));
        }
    }

    /** Takes a {@code comm_msg}: a widget has changed, or an Output widget begins or ends to collect outputs. */
    void changed(Message message) {
        OutputWidget widget = outputWidgets.get(message.text("comm_id"));
        JsonNode state = message.field("data").path("state");
        if (widget != null && state.has("outputs")) {
            // What was collected before is not to take the place of what the kernel sets.
            sync(widget);
        }
        states.merge(message);
        JsonNode request = state.path("msg_id");
        if (widget != null && request.isTextual()) {
            stopCapturing(widget);
            widget.setCapturedRequest(request.textValue());
            if (!request.textValue().isEmpty()) {
                capturing
                        .computeIfAbsent(request.textValue(), id -> new ArrayDeque<>())
                        .push(widget);
            }
        }
    }

    private void stopCapturing(OutputWidget widget) {
        Deque<OutputWidget> stack = capturing.get(widget.capturedRequest());
        if (stack != null) {
            stack.removeFirstOccurrence(widget);
            if (stack.isEmpty()) {
                capturing.remove(widget.capturedRequest());
            }
        }
    }

    /** The widget that gets the message in place of the cell: of several, the one that asked last. */
    Optional<OutputWidget> capturing(Message message) {
        return Optional.ofNullable(capturing.get(message.parentId())).map(Deque::peek);
    }

    /** Tells the kernel what the Output widgets have collected, if it has not been told yet. */
    void sync() {
        outputWidgets.values().forEach(this::sync);
    }

    private void sync(OutputWidget widget) {
        ObjectNode parent = widget.takeUnsentParent();
        if (parent != null) {
            ArrayNode outputs = widget.outputs();
            states.set(widget.commId(), "outputs", outputs);
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            data.put("method", "update");
            data.putObject("state").set("outputs", outputs);
            data.putArray("buffer_paths");
            sender.send(parent, widget.commId(), data);
        }
    }

    /** Puts the state of the widgets into a notebook's metadata. */
    void writeTo(ObjectNode metadata) {
        states.writeTo(metadata);
    }
}
