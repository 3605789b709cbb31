package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The JSON Schema of config files, {@value #RESOURCE} beside this class. It is loaded when the first config file is
 * read, and refers to nothing outside itself. Thread-safe.
 */
final class ConfigSchema {

    static final String RESOURCE = "pipeline.schema.json";

    private static final class Loaded {
        static final ConfigSchema SCHEMA = new ConfigSchema();
    }

    private final JsonNode source;
    private final Schema schema;

    private ConfigSchema() {
        try (InputStream in = Objects.requireNonNull(ConfigSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            source = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .build();
        schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config))
                .getSchema(SchemaLocation.of(source.path("$id").asText()), source);
    }

    static ConfigSchema get() {
        return Loaded.SCHEMA;
    }

    /** What of the document the schema does not allow. */
    List<SchemaViolation> check(JsonNode root, ConfigFormat format) {
        // The definition of the format, not the whole: of a file that is neither, the whole could only say so.
        NodePath definition =
                new NodePath(PathType.JSON_POINTER).append("$defs").append(format.schema());
        return schema.getRefSchema(definition).validate(comparable(root)).stream()
                .map(error -> SchemaViolation.of(error, root, source))
                .distinct()
                .toList();
    }

    /** The validator cannot compare NaN with a bound, and must not find it within one. */
    private static JsonNode comparable(JsonNode node) {
        if (!hasNaN(node)) {
            return node;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), comparable(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(item -> copy.add(comparable(item)));
            return copy;
        }
        return DoubleNode.valueOf(Double.NEGATIVE_INFINITY);
    }

    private static boolean hasNaN(JsonNode node) {
        return node instanceof NumericNode number
                ? number.isNaN()
                : node.valueStream().anyMatch(ConfigSchema::hasNaN);
    }
}
