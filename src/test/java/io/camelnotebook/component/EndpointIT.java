package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint takes from a message, and what it makes of it, with real kernels. */
class EndpointIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path folder;
    private static CamelApplication application;
    private static Path score;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        application = CamelApplication.started(2);
        score = CamelApplication.notebook(
                folder.resolve("score.ipynb"),
                "rows = 1\nname = 'none'",
                "from camel_notebook import record\nrecord('rows', rows)\nrecord('name', name)");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Map<?, ?> results(@Nullable Object body, Map<String, Object> headers, String options) {
        Exchange answer = application.send("notebook:" + score + options, body, headers);
        assertThat(answer.getException()).isNull();
        return JSON.convertValue(answer.getMessage().getBody(), Map.class);
    }

    @Test
    void parametersComeFromAMapAndHeadersCountMoreThanTheBody() {
        assertThat(results(Map.of("rows", 5, "name", "body"), Map.of("CamelNotebookParameter.name", "header"), ""))
                .isEqualTo(Map.of("rows", 5, "name", "header"));
    }

    @Test
    void parametersComeFromAJsonObjectHoweverItIsCarried() throws Exception {
        String json = "{\"rows\": 7, \"name\": \"json\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> expected = Map.of("rows", 7, "name", "json");

        assertThat(results(json, Map.of(), "")).isEqualTo(expected);
        assertThat(results(bytes, Map.of(), "")).isEqualTo(expected);
        assertThat(results(new ByteArrayInputStream(bytes), Map.of(), "")).isEqualTo(expected);
        assertThat(results(JSON.readTree(json), Map.of(), "")).isEqualTo(expected);
    }

    @Test
    void aMessageWithoutABodyGivesNoParameters() {
        assertThat(results(null, Map.of(), "")).isEqualTo(Map.of("rows", 1, "name", "none"));
        assertThat(results(" \n", Map.of(), "")).isEqualTo(Map.of("rows", 1, "name", "none"));
    }

    @Test
    void aBodyThatIsNotForTheNotebookCanBeLeftOut() {
        assertThat(results("some text", Map.of("camelnotebookparameter.rows", 3), "?bodyParameters=false"))
                .isEqualTo(Map.of("rows", 3, "name", "none"));
    }

    @Test
    void theBodyIsTheExecutedNotebookThoughItIsInNoFile() throws Exception {
        Set<Path> before = files();

        Exchange answer = application.send("notebook:" + score + "?body=notebook", Map.of("rows", 5), Map.of());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isInstanceOf(InputStream.class);
        JsonNode notebook = JSON.readTree(answer.getMessage().getBody(String.class));
        assertThat(notebook.at("/metadata/papermill/parameters/rows").asInt()).isEqualTo(5);
        assertThat(answer.getMessage().getHeader(NotebookConstants.STATUS)).isEqualTo("succeeded");
        assertThat(answer.getMessage().getHeader(NotebookConstants.OUTPUT)).isNull();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theBodyIsThePathOrTheContentOfTheFileThatIsAskedFor() throws Exception {
        Path output = folder.resolve("done/executed.ipynb");
        String uri = "notebook:" + score + "?output=" + output;

        Exchange path = application.send(uri + "&body=path", null, Map.of());
        Exchange content = application.send(uri + "&body=notebook", null, Map.of());

        assertThat(path.getMessage().getBody()).isEqualTo(output.toString());
        assertThat(path.getMessage().getHeader(NotebookConstants.OUTPUT)).isEqualTo(output.toString());
        assertThat(content.getMessage().getBody(String.class)).isEqualTo(Files.readString(output));
    }

    @Test
    void theBodyIsTheRecordOfTheExecutionWithoutItsSecrets() throws Exception {
        Path notebook = CamelApplication.notebook(folder.resolve("login.ipynb"), "password = ''", "print(password)");

        Exchange answer = application.send(
                "notebook:" + notebook + "?body=metadata", Map.of("password", "tulip bulbs"), Map.of());

        JsonNode record = JSON.valueToTree(answer.getMessage().getBody());
        assertThat(record.path("specversion").asText()).isEqualTo("1.0");
        assertThat(record.path("type").asText()).isEqualTo("io.camelnotebook.job.succeeded");
        assertThat(record.at("/data/status").asText()).isEqualTo("succeeded");
        assertThat(record.at("/data/notebook/path").asText()).isEqualTo(notebook.toString());
        assertThat(record.at("/data/notebook/sha256").asText()).hasSize(64);
        assertThat(record.at("/data/kernel/name").asText()).isEqualTo("python3");
        assertThat(record.at("/data/cells")).hasSize(3);
        assertThat(record.at("/data/run_seconds").asDouble()).isPositive();
        assertThat(record.toString()).doesNotContain("tulip");
    }

    @Test
    void noThreadWaitsForAKernel() throws Exception {
        Path notebook = CamelApplication.notebook(folder.resolve("slow.ipynb"), "import time", "time.sleep(0.2)");

        List<CompletableFuture<Exchange>> sent = IntStream.range(0, 30)
                .mapToObj(number -> application.template().asyncSend("notebook:" + notebook, exchange -> {}))
                .toList();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("Notebook"))
                .count();
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();

        assertThat(sent)
                .allSatisfy(
                        exchange -> assertThat(exchange.join().getException()).isNull());
        // Two kernels run and two may end.
        assertThat(threads).isLessThanOrEqualTo(4);
    }

    @Test
    void allowedErrorsAndSkippedCellsAreOptions() throws Exception {
        Path notebook = CamelApplication.notebook(
                folder.resolve("errors.ipynb"), "x = 1", "raise ValueError('no rows')", "1 / 0");

        Exchange none = application.send("notebook:" + notebook, null, Map.of());
        Exchange one = application.send("notebook:" + notebook + "?allowErrors=ValueError,KeyError", null, Map.of());
        Exchange all = application.send("notebook:" + notebook + "?allowErrors=true", null, Map.of());
        Exchange skipped = application.send("notebook:" + score + "?skipTags=a,parameters", null, Map.of());

        assertThat(none.getException(CellFailedException.class).cell()).hasValue(1);
        assertThat(one.getException(CellFailedException.class).errorName()).isEqualTo("ZeroDivisionError");
        assertThat(all.getException()).isNull();
        assertThat(skipped.getException(CellFailedException.class).errorName()).isEqualTo("NameError");
    }

    @Test
    void optionsThatCannotBeMeantAreRefusedWhenTheEndpointIsMade() {
        assertThatThrownBy(() -> application.context().getEndpoint("notebook:a.ipynb?timeout=-5"))
                .rootCause()
                .hasMessageContaining("timeout must be a duration such as 90s or 5m");
        assertThatThrownBy(() -> application.context().getEndpoint("notebook:a.ipynb?memory=plenty"))
                .rootCause()
                .hasMessageContaining(
                        "memory must be an amount such as 2GiB, 500MB or a number of bytes, not 'plenty'");
        assertThatThrownBy(() -> application.context().getEndpoint("notebook:a.ipynb?allowErrors=true,KeyError"))
                .rootCause()
                .hasMessageContaining("allowErrors must be true, false, or names of errors");
        assertThatThrownBy(() -> application.context().getEndpoint("notebook:a.ipynb?body=html"))
                .hasStackTraceContaining("html");
        assertThatThrownBy(() -> application.context().getEndpoint("notebook:a.ipynb?kernal=python3"))
                .hasStackTraceContaining("kernal");
        assertThatThrownBy(() -> application
                        .context()
                        .getEndpoint("notebook:a.ipynb?body=path")
                        .createProducer())
                .hasMessageContaining("body=PATH needs a file");
        assertThatThrownBy(() -> application
                        .context()
                        .getEndpoint("notebook:a.ipynb?memory=900TB")
                        .createProducer())
                .hasMessageContaining("for all notebooks together");
    }

    private static Set<Path> files() throws Exception {
        try (var files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }
}
