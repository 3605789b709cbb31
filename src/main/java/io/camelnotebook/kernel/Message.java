package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A message of the Jupyter protocol.
 *
 * @param header who sent it, when, and what it is
 * @param parent the header of the request that caused it; empty if there was none
 * @param metadata mostly empty
 * @param content what it says; its fields depend on the type
 * @param buffers binary data beside the content
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in Jupyter</a>
 */
public record Message(
        ObjectNode header, ObjectNode parent, ObjectNode metadata, ObjectNode content, List<byte[]> buffers) {

    /** What kind of message it is, such as {@code execute_reply}; empty if the kernel did not say. */
    public String type() {
        return header.path("msg_type").asText();
    }

    /** The id of this message. */
    public String id() {
        return header.path("msg_id").asText();
    }

    /** The id of the request that caused it; empty if there was none. */
    public String parentId() {
        return parent.path("msg_id").asText();
    }

    /** When the sender says it was sent: ISO 8601, possibly empty. */
    public String date() {
        return header.path("date").asText();
    }

    /** A field of the content as text; empty if it is not there. */
    public String text(String field) {
        return content.path(field).asText("");
    }

    /** A field of the content; missing, not null, if it is not there. */
    public JsonNode field(String name) {
        return content.path(name);
    }
}
