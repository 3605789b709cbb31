package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;

/**
 * Something the schema does not allow, in words. What is expected is said by the {@code title} of the schema's
 * definitions, which are written as the end of a sentence that begins with "expected".
 *
 * @param place where in the document
 * @param isUnknownKey whether it is only a key too many, so that the rest can be checked further
 */
record SchemaViolation(JsonPointer place, String what, String remedy, boolean isUnknownKey) {

    /** @param root the document, whose values are told as they are written */
    static SchemaViolation of(Error error, JsonNode root, JsonNode schema) {
        JsonPointer place = pointer(error.getInstanceLocation());
        JsonPointer keyword = pointer(error.getSchemaLocation().getFragment());
        JsonNode definition = schema.at(keyword.head());
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(place, error.getProperty(), definition);
            case "required" -> missingKey(place, error.getProperty(), definition, schema);
            case "propertyNames" ->
                new SchemaViolation(
                        place.appendProperty(error.getProperty()),
                        "expected " + schema.at(keyword).path("title").asText() + ", found "
                                + Words.quote(error.getProperty()),
                        "rename it",
                        false);
            default -> unexpected(place, root.at(place), definition);
        };
    }

    private static SchemaViolation unknownKey(JsonPointer place, String key, JsonNode definition) {
        return new SchemaViolation(
                place.appendProperty(key),
                "there is no key " + Words.quote(key),
                Suggestion.nearest(key, keys(definition.path("properties"))),
                true);
    }

    private static SchemaViolation missingKey(JsonPointer place, String key, JsonNode definition, JsonNode schema) {
        JsonNode property = definition.path("properties").path(key);
        JsonNode referred =
                property.has("$ref") ? schema.at(property.path("$ref").asText().substring(1)) : property;
        return new SchemaViolation(
                place,
                "the key " + Words.quote(key) + " is missing",
                "add " + key + ": " + referred.path("title").asText(),
                false);
    }

    private static SchemaViolation unexpected(JsonPointer place, JsonNode found, JsonNode definition) {
        List<String> allowed = new ArrayList<>();
        definition.path("enum").forEach(value -> allowed.add(value.asText()));
        String remedy = found.isNull() ? "give it a value, or remove the key" : "";
        if (!allowed.isEmpty() && found.isTextual()) {
            remedy = Suggestion.nearest(found.textValue(), allowed, "");
        }
        return new SchemaViolation(
                place,
                "expected " + definition.path("title").asText() + ", found " + Words.describe(found),
                remedy,
                false);
    }

    private static List<String> keys(JsonNode properties) {
        List<String> keys = new ArrayList<>();
        properties.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonPointer pointer(NodePath path) {
        JsonPointer pointer = JsonPointer.empty();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            pointer = element instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(element.toString());
        }
        return pointer;
    }
}
