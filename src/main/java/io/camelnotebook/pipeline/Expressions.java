package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Values with expressions in them. In a compiled value every text with an expression is a {@link POJONode} around its
 * {@link Template}; a plain text never is one, so that data which happens to contain <code>${</code> is not read again.
 */
final class Expressions {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Expressions() {}

    /**
     * Compiles every text in a value.
     *
     * @param problem told the place and the message of each text that is no template; the text stays as it is
     */
    static JsonNode compile(JsonNode value, JsonPointer place, BiConsumer<JsonPointer, String> problem) {
        if (value.isTextual()) {
            try {
                return compile(value.textValue());
            } catch (ExpressionException e) {
                problem.accept(place, e.getMessage());
                return value;
            }
        }
        if (value instanceof ObjectNode object) {
            ObjectNode compiled = NODES.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonPointer inner = place.appendProperty(field.getKey());
                compiled.set(field.getKey(), compile(field.getValue(), inner, problem));
            }
            return compiled;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode compiled = NODES.arrayNode(array.size());
            for (int i = 0; i < array.size(); i++) {
                compiled.add(compile(array.get(i), place.appendIndex(i), problem));
            }
            return compiled;
        }
        return value;
    }

    /** @throws ExpressionException when the text is no template */
    static JsonNode compile(String text) {
        if (!Template.isTemplate(text)) {
            return NODES.textNode(text);
        }
        Template template = Template.parse(text);
        return template.references().isEmpty() && template.parts().get(0) instanceof Template.Text plain
                ? NODES.textNode(plain.text())
                : NODES.pojoNode(template);
    }

    /** The template that a node of a compiled value holds. */
    static Optional<Template> template(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof Template template
                ? Optional.of(template)
                : Optional.empty();
    }

    /** Whether expressions are left in a compiled value. */
    static boolean isPending(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode inner : value) {
                if (isPending(inner)) {
                    return true;
                }
            }
            return false;
        }
        return value.isPojo();
    }

    /** Tells every reference in a compiled value, with its place. */
    static void forEachReference(JsonNode value, JsonPointer place, BiConsumer<JsonPointer, Reference> action) {
        template(value)
                .ifPresent(template -> template.references().forEach(reference -> action.accept(place, reference)));
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                forEachReference(field.getValue(), place.appendProperty(field.getKey()), action);
            }
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                forEachReference(array.get(i), place.appendIndex(i), action);
            }
        }
    }

    /** The value with every text so escaped that compiling gives the text itself. */
    static JsonNode escape(JsonNode value) {
        if (value.isTextual()) {
            return NODES.textNode(Template.literal(value.textValue()).toString());
        }
        if (value instanceof ObjectNode object) {
            ObjectNode escaped = NODES.objectNode();
            object.properties().forEach(field -> escaped.set(field.getKey(), escape(field.getValue())));
            return escaped;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode escaped = NODES.arrayNode(array.size());
            array.forEach(item -> escaped.add(escape(item)));
            return escaped;
        }
        return value;
    }
}
