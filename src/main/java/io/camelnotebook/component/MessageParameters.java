package io.camelnotebook.component;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a message gives a notebook: those of its body, and over them those of its headers, which a route sets
 * nearer to the notebook.
 */
final class MessageParameters {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String notebook;
    private final Exchange exchange;
    private final Map<String, JsonNode> parameters = new LinkedHashMap<>();

    private MessageParameters(String notebook, Exchange exchange) {
        this.notebook = notebook;
        this.exchange = exchange;
    }

    /**
     * The parameters in the order of the body, then of the headers.
     *
     * @param body whether the body gives parameters
     * @throws InvalidParametersException if it gives none that could be told, or a value that JSON does not know
     */
    static Map<String, JsonNode> of(String notebook, Exchange exchange, boolean body)
            throws InvalidParametersException {
        MessageParameters all = new MessageParameters(notebook, exchange);
        if (body) {
            all.addBody(exchange.getMessage());
        }
        all.addHeaders(exchange.getMessage());
        return all.parameters;
    }

    private void addBody(Message message) throws InvalidParametersException {
        Object body = message.getBody();
        if (body instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(String.valueOf(entry.getKey()), entry.getValue());
            }
        } else if (body instanceof JsonNode node) {
            addObject(node);
        } else if (body != null) {
            addText(message, body);
        }
    }

    private void addText(Message message, Object body) throws InvalidParametersException {
        String text = message.getBody(String.class);
        if (body instanceof StreamCache stream) {
            stream.reset();
        }
        if (text == null) {
            throw refused("the body is a " + body.getClass().getName(), null);
        }
        if (text.isBlank()) {
            return;
        }
        try {
            addObject(JSON.readTree(text));
        } catch (JacksonException e) {
            throw refused("the body is no JSON (" + e.getOriginalMessage() + ")", e);
        }
    }

    private void addObject(JsonNode node) throws InvalidParametersException {
        if (!node.isObject()) {
            throw refused("the body is JSON, but no object", null);
        }
        node.properties().forEach(field -> parameters.put(field.getKey(), field.getValue()));
    }

    private void addHeaders(Message message) throws InvalidParametersException {
        String prefix = NotebookConstants.PARAMETER_PREFIX;
        for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
            String name = header.getKey();
            // Headers have come through protocols that write them in small letters.
            if (name.length() > prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                add(name.substring(prefix.length()), header.getValue());
            }
        }
    }

    private void add(String name, @Nullable Object value) throws InvalidParametersException {
        try {
            parameters.put(name, JSON.valueToTree(value));
        } catch (IllegalArgumentException e) {
            throw new InvalidParametersException(
                    notebook,
                    "parameter '" + name + "' is a "
                            + (value == null ? "null" : value.getClass().getName())
                            + ", which JSON has no form for; make it a text, a number, a list or a map",
                    exchange,
                    e);
        }
    }

    private InvalidParametersException refused(String what, @Nullable Throwable cause) {
        return new InvalidParametersException(
                notebook,
                what + "; parameters are a map or a JSON object, or nothing: send one, or say bodyParameters=false and"
                        + " set headers " + NotebookConstants.PARAMETER_PREFIX + "NAME",
                exchange,
                cause);
    }
}
