package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a browser does for a widget of class {@code Output}: it collects the outputs that are meant for the widget, and
 * tells the kernel about them.
 */
final class OutputWidget {

    private final String commId;
    private final ArrayNode outputs = JsonNodeFactory.instance.arrayNode();

    /** Text of the last output, which is written into it when somebody asks: a cell may print it in 100,000 pieces. */
    private final StringBuilder lastText = new StringBuilder();

    private String capturedRequest = "";
    private boolean clearBeforeNext;
    private @Nullable ObjectNode unsentParent;

    /** A widget whose kernel already has those outputs. */
    OutputWidget(String commId, ArrayNode outputs) {
        this.commId = commId;
        this.outputs.addAll(outputs.deepCopy());
    }

    String commId() {
        return commId;
    }

    /** The request whose outputs it collects, as the kernel last said; empty if none. */
    String capturedRequest() {
        return capturedRequest;
    }

    void setCapturedRequest(String messageId) {
        capturedRequest = messageId;
    }

    /** Takes an output; text joins that of the same stream before it. */
    void add(Message message) {
        if (clearBeforeNext) {
            clear();
        }
        ObjectNode output = PublishedOutput.json(message);
        if (isStream(output)) {
            String text = output.path("text").asText();
            ObjectNode last = last();
            if (last != null && isStream(last) && last.path("name").equals(output.path("name"))) {
                if (lastText.isEmpty()) {
                    lastText.append(last.path("text").asText());
                }
                lastText.append(text);
            } else {
                settleText();
                outputs.add(output);
            }
        } else {
            settleText();
            outputs.add(output);
        }
        unsentParent = message.parent();
    }

    /** Takes a {@code clear_output}. */
    void clear(Message message) {
        if (message.field("wait").asBoolean()) {
            clearBeforeNext = true;
        } else {
            clear();
            unsentParent = message.parent();
        }
    }

    /** The outputs as they are now, in a tree that is not changed any more. */
    ArrayNode outputs() {
        settleText();
        return outputs.deepCopy();
    }

    /** The header of the request that caused the latest change, if the kernel has not been told of it; once. */
    @Nullable
    ObjectNode takeUnsentParent() {
        ObjectNode parent = unsentParent;
        unsentParent = null;
        return parent;
    }

    private void clear() {
        clearBeforeNext = false;
        outputs.removeAll();
        lastText.setLength(0);
    }

    private void settleText() {
        ObjectNode last = last();
        if (last != null && !lastText.isEmpty()) {
            last.put("text", lastText.toString());
        }
        lastText.setLength(0);
    }

    private @Nullable ObjectNode last() {
        return outputs.path(outputs.size() - 1) instanceof ObjectNode last ? last : null;
    }

    private static boolean isStream(ObjectNode output) {
        return output.path("output_type").asText().equals("stream");
    }
}
