package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps secrets out of what is written down: values whose names say that they are secret, and passwords in URIs.
 */
public final class Secrets {

    static final String REDACTED = "***";

    private static final String SECRET_WORD =
            "(?:password|passwd|passphrase|secret|token|credential|api_?key|access_?key|private_?key)";

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*" + SECRET_WORD + ".*");
    private static final Pattern PASSWORD_IN_URI = Pattern.compile("(://[^/\\s:@]*:)([^/\\s@]+)@");

    /** A parameter of a URI, with Camel's {@code RAW(…)}, in which anything may stand. */
    private static final Pattern PASSWORD_IN_QUERY = Pattern.compile("(?i)([?&;][^?&;=\\s]*" + SECRET_WORD
            + "[^?&;=\\s]*=)(RAW\\(.*?\\)(?=[&\\s]|$)|RAW\\{.*?\\}(?=[&\\s]|$)|[^&\\s]+)");

    private Secrets() {}

    /** The values with secrets replaced by {@code ***}, however deep they are. */
    public static Map<String, JsonNode> redact(Map<String, JsonNode> values) {
        Map<String, JsonNode> redacted = new LinkedHashMap<>();
        values.forEach((name, value) -> redacted.put(name, redact(name, value)));
        return redacted;
    }

    /** The text with passwords in URIs replaced by {@code ***}. */
    public static String redact(String text) {
        String withoutUser = PASSWORD_IN_URI.matcher(text).replaceAll("$1" + REDACTED + "@");
        return PASSWORD_IN_QUERY.matcher(withoutUser).replaceAll("$1" + REDACTED);
    }

    /** Whether a value of that name is secret. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** The texts that {@link #redact(Map)} would leave out. */
    static Stream<String> values(String name, JsonNode value) {
        if (isSecret(name)) {
            return scalars(value);
        }
        if (value.isObject()) {
            return value.properties().stream().flatMap(field -> values(field.getKey(), field.getValue()));
        }
        if (value.isArray()) {
            return value.valueStream().flatMap(item -> values("", item));
        }
        return Stream.of(PASSWORD_IN_URI, PASSWORD_IN_QUERY)
                .flatMap(pattern -> pattern.matcher(value.asText()).results())
                .map(match -> match.group(2));
    }

    private static Stream<String> scalars(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().flatMap(Secrets::scalars);
        }
        return value.isNull() || value.isBoolean() ? Stream.empty() : Stream.of(value.asText());
    }

    private static JsonNode redact(String name, JsonNode value) {
        if (isSecret(name) && !value.isNull()) {
            return TextNode.valueOf(REDACTED);
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), redact(field.getKey(), field.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(redact("", item)));
            return copy;
        }
        return value.isTextual() ? TextNode.valueOf(redact(value.textValue())) : value;
    }
}
