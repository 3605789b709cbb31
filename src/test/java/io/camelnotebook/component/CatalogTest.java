package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.junit.jupiter.api.Test;

/** What Camel's tools know of the component is what the component has. */
class CatalogTest {

    private static final String CATALOG = "src/generated/resources/META-INF/io/camelnotebook/component/notebook.json";

    private static JsonNode catalog() throws IOException {
        return new ObjectMapper().readTree(Files.readString(Path.of(CATALOG)));
    }

    @Test
    void everyOptionOfTheEndpointIsInTheCatalogWithItsDescription() throws IOException {
        Map<String, String> options = Stream.of(NotebookConfiguration.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class))
                .collect(Collectors.toMap(
                        Field::getName,
                        field -> field.getAnnotation(UriParam.class).description()));

        JsonNode properties = catalog().path("properties");

        assertThat(options).isNotEmpty();
        assertThat(options)
                .allSatisfy((name, description) -> assertThat(
                                properties.path(name).path("description").asText())
                        .isEqualTo(description));
        Set<String> camels =
                Set.of("path", "lazyStartProducer", "bridgeErrorHandler", "exceptionHandler", "exchangePattern");
        Set<String> known = new TreeSet<>(options.keySet());
        known.addAll(camels);
        properties.fieldNames().forEachRemaining(name -> assertThat(known).contains(name));
    }

    @Test
    void everyOptionOfTheComponentIsInTheCatalog() throws IOException {
        JsonNode properties = catalog().path("componentProperties");

        assertThat(NotebookComponent.class.getDeclaredFields())
                .filteredOn(field -> field.isAnnotationPresent(Metadata.class))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(properties.has(field.getName())).isTrue());
    }

    @Test
    void everyHeaderIsInTheCatalog() throws Exception {
        Set<String> headers = new TreeSet<>();
        for (Field field : NotebookConstants.class.getDeclaredFields()) {
            if (field.isAnnotationPresent(Metadata.class)) {
                headers.add((String) field.get(null));
            }
        }

        Set<String> inCatalog = new TreeSet<>();
        catalog().path("headers").fieldNames().forEachRemaining(inCatalog::add);

        assertThat(inCatalog).isEqualTo(headers);
    }

    @Test
    void aCamelContextFindsTheComponentAndItsCatalogByItself() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(context.getComponent("notebook")).isInstanceOf(NotebookComponent.class);
            assertThat(context.getComponentParameterJsonSchema("notebook"))
                    .isEqualTo(Files.readString(Path.of(CATALOG)));
        }
    }
}
