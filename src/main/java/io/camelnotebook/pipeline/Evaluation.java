package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the expressions in one job's compiled values. Parameters are evaluated when one is first asked for. What
 * the source has no value for yet stays an expression. Not thread-safe.
 */
final class Evaluation {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Characters and values that expressions may copy: a few lines that refer to each other could fill any memory. */
    private static final int MAX_COPIED = 10_000_000;

    private final ObjectNode parameters;
    private final Function<Reference, Optional<JsonNode>> source;
    private final Map<String, JsonNode> evaluated = new HashMap<>();
    private final Set<String> beingEvaluated = new HashSet<>();
    private int copied;

    /**
     * @param parameters the job's compiled parameters
     * @param source the values of references to anything but parameters; empty when it is not known yet
     */
    Evaluation(ObjectNode parameters, Function<Reference, Optional<JsonNode>> source) {
        this.parameters = parameters;
        this.source = source;
    }

    /** @throws ExpressionException when an expression has no value */
    ObjectNode parameters() {
        ObjectNode values = NODES.objectNode();
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            values.set(parameter.getKey(), parameter(parameter.getKey(), parameter.getValue()));
        }
        return values;
    }

    /** @throws ExpressionException when an expression has no value */
    JsonNode value(JsonNode compiled) {
        Optional<Template> template = Expressions.template(compiled);
        if (template.isPresent()) {
            return evaluate(template.get());
        }
        if (compiled instanceof ObjectNode object) {
            ObjectNode values = NODES.objectNode();
            object.properties().forEach(field -> values.set(field.getKey(), value(field.getValue())));
            return values;
        }
        if (compiled instanceof ArrayNode array) {
            ArrayNode values = NODES.arrayNode(array.size());
            array.forEach(item -> values.add(value(item)));
            return values;
        }
        return compiled;
    }

    private JsonNode evaluate(Template template) {
        if (template.isOneReference()) {
            Reference reference = template.references().get(0);
            return read(reference).orElseGet(() -> NODES.pojoNode(template));
        }
        List<Template.Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean complete = true;
        for (Template.Part part : template.parts()) {
            String known = text(part);
            if (known != null) {
                text.append(known);
            } else {
                complete = false;
                parts.add(new Template.Text(text.toString()));
                parts.add(part);
                text.setLength(0);
            }
        }
        if (complete) {
            return NODES.textNode(text.toString());
        }
        parts.add(new Template.Text(text.toString()));
        return NODES.pojoNode(new Template(parts));
    }

    /** The part as text, or null when its value is not known yet. */
    private @Nullable String text(Template.Part part) {
        if (part instanceof Template.Text text) {
            return text.text();
        }
        JsonNode value = read((Reference) part).orElse(null);
        if (value == null) {
            return null;
        }
        String text = Words.plain(value);
        count(text.length());
        return text;
    }

    private Optional<JsonNode> read(Reference reference) {
        if (!reference.root().equals(Reference.PARAMETERS)) {
            Optional<JsonNode> value = source.apply(reference);
            if (reference.root().equals(Reference.MATRIX)) {
                value.ifPresent(this::countAll);
            }
            return value;
        }
        JsonNode compiled = parameters.get(reference.name());
        if (compiled == null) {
            throw new ExpressionException(reference + ": there is no parameter " + Words.quote(reference.name()));
        }
        JsonNode value = Fields.read(
                parameter(reference.name(), compiled),
                reference.path().subList(1, reference.path().size()),
                reference);
        if (Expressions.isPending(value)) {
            return Optional.empty();
        }
        countAll(value);
        return Optional.of(value);
    }

    private JsonNode parameter(String name, JsonNode compiled) {
        JsonNode known = evaluated.get(name);
        if (known != null) {
            return known;
        }
        if (!beingEvaluated.add(name)) {
            throw new ExpressionException("parameter " + Words.quote(name) + " refers to itself");
        }
        JsonNode value = value(compiled);
        beingEvaluated.remove(name);
        evaluated.put(name, value);
        return value;
    }

    private void countAll(JsonNode value) {
        count(value.isTextual() ? value.textValue().length() : 1);
        for (JsonNode inner : value) {
            countAll(inner);
        }
    }

    private void count(int size) {
        copied += Math.min(size, MAX_COPIED);
        if (copied > MAX_COPIED) {
            throw new ExpressionException("the expressions of this job copy more than " + MAX_COPIED
                    + " characters or values: pass large data as files");
        }
    }
}
