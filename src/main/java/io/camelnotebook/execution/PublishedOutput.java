package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;

/**
 * The form that a document gives to an output which a kernel has published. Its fields have nbformat's order, because a
 * notebook can print what its Output widgets have collected.
 */
final class PublishedOutput {

    private PublishedOutput() {}

    /** A new tree for a message that is a stream, an error, a result or something displayed. */
    static ObjectNode json(Message message) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("output_type", message.type());
        switch (message.type()) {
            case "stream" -> output.put("name", message.text("name")).put("text", message.text("text"));
            case "error" -> {
                output.put("ename", message.text("ename")).put("evalue", message.text("evalue"));
                ArrayNode traceback = output.putArray("traceback");
                message.field("traceback").forEach(line -> traceback.add(line.asText()));
            }
            default -> {
                output.set("metadata", object(message.field("metadata")));
                output.set("data", object(message.field("data")));
                if (message.type().equals("execute_result")) {
                    JsonNode count = message.field("execution_count");
                    output.set("execution_count", count.canConvertToInt() ? count : output.nullNode());
                }
            }
        }
        return output;
    }

    /** The node, or an empty object if it is none. */
    static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
