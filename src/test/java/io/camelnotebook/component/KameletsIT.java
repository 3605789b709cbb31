package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets in the jar, through Camel's own component for Kamelets, with real kernels. */
class KameletsIT {

    private static final String ACTION = "notebook-action";
    private static final String SOURCE = "notebook-events-source";

    private CamelApplication application;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        application = CamelApplication.started(1);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void listen(String uri, Queue<String> types) throws Exception {
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> {
                    JsonNode event =
                            new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
                    types.add(event.path("type").asText());
                });
            }
        });
    }

    @Test
    void theActionExecutesANotebookWithTheBodysParameters() throws Exception {
        Path notebook = CamelApplication.notebook(
                folder.resolve("n.ipynb"), "rows = 1", "from camel_notebook import record\nrecord('rows', rows)");

        Exchange answer = application.send("kamelet:" + ACTION + "?notebook=" + notebook, "{\"rows\": 6}", Map.of());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).hasToString("{rows=6}");
    }

    @Test
    void theActionHandsItsOptionsOn() throws Exception {
        Path notebook = CamelApplication.notebook(
                folder.resolve("slow.ipynb"), "import time, os\nprint(os.getcwd())", "time.sleep(30)");
        Path output = folder.resolve("executed.ipynb");
        String uri = "kamelet:" + ACTION + "?notebook=" + notebook + "&output=" + output + "&directory=" + folder;

        Exchange slow = application.send(uri + "&kernel=python3&notebookTimeout=300ms", null, Map.of());
        Exchange strict = application.send(uri + "&strictParameters=true", "{\"unknown\": 1}", Map.of());

        assertThat(slow.getException()).isInstanceOf(NotebookTimeoutException.class);
        assertThat(output).content().contains(folder.toString());
        assertThat(strict.getException()).isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void theSourceTellsOfTheEventsThatItIsAskedFor() throws Exception {
        Queue<String> all = new ConcurrentLinkedQueue<>();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        listen("kamelet:" + SOURCE, all);
        listen("kamelet:" + SOURCE + "?types=job.failed&queueSize=7", failures);

        application.send("notebook:" + CamelApplication.notebook(folder.resolve("bad.ipynb"), "1 / 0"), null, Map.of());

        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> all.size() == 3 && failures.size() == 1);
        assertThat(all)
                .containsExactly(
                        "io.camelnotebook.job.started", "io.camelnotebook.cell.failed", "io.camelnotebook.job.failed");
        assertThat(failures).containsExactly("io.camelnotebook.job.failed");
    }

    /** As Camel's catalogue of Kamelets wants it; see its validator. */
    @ParameterizedTest
    @CsvSource({ACTION + ", action", SOURCE + ", source"})
    void theirMetadataIsComplete(String name, String type) throws Exception {
        JsonNode kamelet;
        try (InputStream file = getClass().getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
            kamelet = new ObjectMapper()
                    .valueToTree(
                            new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(file)));
        }

        JsonNode metadata = kamelet.path("metadata");
        assertThat(metadata.path("name").asText()).isEqualTo(name);
        assertThat(metadata.path("labels").path("camel.apache.org/kamelet.type").asText())
                .isEqualTo(type);
        assertThat(metadata.path("annotations").properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace");
        JsonNode definition = kamelet.path("spec").path("definition");
        assertThat(List.of("title", "description")).allMatch(definition::hasNonNull);
        String template = kamelet.path("spec").path("template").toString();
        for (Iterator<String> names = definition.path("properties").fieldNames(); names.hasNext(); ) {
            String property = names.next();
            JsonNode described = definition.path("properties").path(property);
            assertThat(List.of("title", "description", "type")).allMatch(described::hasNonNull);
            boolean given = described.has("default")
                    || definition.path("required").toString().contains("\"" + property + "\"");
            assertThat(template).contains(given ? "{{" + property + "}}" : "{{?" + property + "}}");
        }
    }
}
