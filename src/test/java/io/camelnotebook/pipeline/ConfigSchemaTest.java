package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** The names of all keys that the schema knows in pipelines and batches. */
    static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        JsonNode definitions = source().path("$defs");
        for (String definition : Set.of("pipeline", "job", "defaults", "entry", "map", "matrix", "axis")) {
            definitions.path(definition).path("properties").fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    @Test
    void isASchemaOfDraft202012() {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(source())).isEmpty();
    }

    @Test
    void refersToNothingOutsideItself() {
        assertThat(source().findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/$defs/");
            assertThat(source().at(reference.substring(1)).isObject()).isTrue();
        });
    }

    @Test
    void everyDefinitionSaysWhatIsExpected() {
        assertTitled(source(), "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"jobs": {"a": {"notebook": "a.ipynb"}}}                             | true
            {"jobs": {"a": {"notebook": "a.ipynb"}}, "nme": 1}                   | false
            {"jobs": {"notebook": "a.ipynb"}}                                    | true
            {"jobs": {"notebook": "a.ipynb"}, "name": {"notebook": "b.ipynb"}}   | true
            {"a": {"notebook": "a.ipynb", "anything": [1]}}                      | true
            {"a": {"notebok": "a.ipynb"}}                                        | false
            {"jobs": {"notebook": {"notebook": "a.ipynb"}}}                      | true
            {}                                                                   | false
            []                                                                   | false
            """)
    void asAWholeTellsPipelinesFromBatchesAsTheReaderDoes(String document, boolean valid) throws IOException {
        JsonNode root = JSON.readTree(document);

        assertThat(REGISTRY.getSchema(source()).validate(root).isEmpty()).isEqualTo(valid);
        if (root instanceof com.fasterxml.jackson.databind.node.ObjectNode object && !object.isEmpty()) {
            assertThat(ConfigSchema.get().check(object, ConfigFormat.of(object)).isEmpty())
                    .isEqualTo(valid);
        }
    }

    private static void assertTitled(JsonNode definition, String path) {
        if (definition.has("type") || definition.has("enum")) {
            if (!path.contains("/if/")) {
                assertThat(definition.path("title").asText()).as(path).isNotBlank();
            }
        }
        definition.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                assertTitled(field.getValue(), path + "/" + field.getKey());
            }
        });
    }

    private static JsonNode source() {
        try {
            return JSON.readTree(Objects.requireNonNull(ConfigSchema.class.getResource(ConfigSchema.RESOURCE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
