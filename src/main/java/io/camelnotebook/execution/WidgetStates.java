package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of a notebook's widgets, so that they can be shown without a kernel. */
final class WidgetStates {

    private static final String MEDIA_TYPE = "application/vnd.jupyter.widget-state+json";

    /** What is known of one widget: the values of its traits, and the binary ones by their path in these. */
    private record WidgetState(ObjectNode traits, Map<JsonNode, byte[]> buffers) {}

    private final Map<String, WidgetState> byCommId = new LinkedHashMap<>();

    /** Takes the state that a comm's message carries, if it carries any; what it does not name stays. */
    void merge(Message message) {
        JsonNode data = message.field("data");
        if (data.path("state") instanceof ObjectNode traits) {
            WidgetState state = byCommId.computeIfAbsent(
                    message.text("comm_id"),
                    id -> new WidgetState(JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>()));
            state.traits().setAll(traits);
            JsonNode paths = data.path("buffer_paths");
            List<byte[]> buffers = message.buffers();
            for (int i = 0; i < Math.min(paths.size(), buffers.size()); i++) {
                state.buffers().put(paths.get(i), buffers.get(i));
            }
        }
    }

    /** Sets a value that the kernel was told, not one that it told. */
    void set(String commId, String trait, JsonNode value) {
        WidgetState state = byCommId.get(commId);
        if (state != null) {
            state.traits().set(trait, value);
        }
    }

    /** Puts the widgets into a notebook's metadata, in place of others; leaves it alone if there were no widgets. */
    void writeTo(ObjectNode metadata) {
        if (byCommId.isEmpty()) {
            return;
        }
        ObjectNode widgets = metadata.putObject("widgets").putObject(MEDIA_TYPE);
        ObjectNode models = widgets.putObject("state");
        byCommId.forEach((commId, state) -> {
            if (state.traits().has("_model_name")) {
                models.set(commId, model(state));
            }
        });
        widgets.put("version_major", 2);
        widgets.put("version_minor", 0);
    }

    private static ObjectNode model(WidgetState state) {
        ObjectNode model = JsonNodeFactory.instance.objectNode();
        for (String field : List.of("model_name", "model_module", "model_module_version")) {
            JsonNode value = state.traits().get("_" + field);
            model.set(field, value == null ? model.nullNode() : value);
        }
        model.set("state", state.traits());
        if (!state.buffers().isEmpty()) {
            ArrayNode buffers = model.putArray("buffers");
            state.buffers().forEach((path, bytes) -> {
                ObjectNode buffer = buffers.addObject();
                buffer.put("data", Base64.getEncoder().encodeToString(bytes));
                buffer.put("encoding", "base64");
                buffer.set("path", path);
            });
        }
        return model;
    }
}
