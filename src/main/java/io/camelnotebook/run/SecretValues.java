package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values of a job's secrets, to be kept out of whatever it leaves beside its notebook: error, traceback, warnings and
 * results. A value counts if it is at least {@value #SHORTEST} characters long, since a shorter one, such as 1, is part
 * of too much that is no secret. It is found where it stands as it is, not where it is encoded or broken up. Immutable.
 */
final class SecretValues {

    private static final int SHORTEST = 6;

    private final List<String> values;

    private SecretValues(Stream<String> values) {
        // One that holds another goes first, or its rest would stay.
        this.values = values.filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The secrets among a job's parameters and its kernel's variables. */
    static SecretValues of(JobMessage job) {
        Stream<String> parameters = job.parameters().entrySet().stream()
                .flatMap(parameter -> Secrets.values(parameter.getKey(), parameter.getValue()));
        Stream<String> environment = job.environment().entrySet().stream()
                .flatMap(variable -> Secrets.values(variable.getKey(), TextNode.valueOf(variable.getValue())));
        return new SecretValues(Stream.concat(parameters, environment));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String redact(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = redacted.replace(value, Secrets.REDACTED);
        }
        return redacted;
    }

    List<String> redact(List<String> texts) {
        return texts.stream().map(this::redact).toList();
    }

    Map<String, JsonNode> redact(Map<String, JsonNode> results) {
        Map<String, JsonNode> redacted = new LinkedHashMap<>();
        results.forEach((name, value) -> redacted.put(name, redact(value)));
        return redacted;
    }

    private JsonNode redact(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(redact(field.getKey()), redact(field.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(redact(item)));
            return copy;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(redact(value.textValue()));
        }
        return values.contains(value.asText()) ? TextNode.valueOf(Secrets.REDACTED) : value;
    }
}
