package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route hears from {@code notebook:events}, with real kernels. */
class EventsIT {

    private static final RunSummary RUN = new RunSummary(
            "r1",
            "nightly",
            "nightly.yaml",
            RunState.FAILED,
            2,
            Map.of(JobState.FAILED, 1),
            3,
            0,
            List.of(),
            0,
            "order-1");

    private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
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

    private void listen(String uri, CountDownLatch open) throws Exception {
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).process(exchange -> {
                    open.await();
                    Message message = exchange.getMessage();
                    JsonNode event = new ObjectMapper().readTree(message.getBody(String.class));
                    assertThat(message.getHeader(NotebookConstants.EVENT_TYPE))
                            .isEqualTo(event.path("type").asText());
                    events.add(event);
                });
            }
        });
    }

    private List<String> types() {
        return events.stream()
                .map(event -> event.path("type").asText().substring("io.camelnotebook.".length()))
                .toList();
    }

    private void execute(String name, String... cells) throws Exception {
        application.send("notebook:" + CamelApplication.notebook(folder.resolve(name), cells), null, Map.of());
    }

    @Test
    void aRouteHearsOfJobsAndCellsAsCloudEvents() throws Exception {
        listen("notebook:events", new CountDownLatch(0));

        execute("n.ipynb", "x = 1", "raise ValueError('no rows')", "x");

        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> types().contains("job.failed"));
        assertThat(types()).containsExactly("job.started", "cell.completed", "cell.failed", "job.failed");
        JsonNode cell = List.copyOf(events).get(2);
        assertThat(cell.at("/data/cell").asInt()).isEqualTo(1);
        assertThat(cell.at("/data/ename").asText()).isEqualTo("ValueError");
        JsonNode job = List.copyOf(events).get(3);
        assertThat(job.path("specversion").asText()).isEqualTo("1.0");
        assertThat(job.at("/data/error/evalue").asText()).isEqualTo("no rows");
        assertThat(events.stream().map(event -> event.path("id").asText())).doesNotHaveDuplicates();
    }

    @Test
    void aRouteHearsOnlyOfTheTypesThatItAsksFor() throws Exception {
        listen("notebook:events?types=job.failed,run.*", new CountDownLatch(0));

        application.component().runListener().runStarted(RUN);
        execute("good.ipynb", "x = 1");
        execute("bad.ipynb", "1 / 0");
        application.send("notebook:" + folder.resolve("absent.ipynb"), null, Map.of());
        application.component().runListener().runEnded(RUN);

        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> types().contains("run.failed"));
        assertThat(types()).containsExactly("run.started", "job.failed", "job.failed", "run.failed");
        assertThat(List.copyOf(events).get(3).at("/data/ended/failed").asInt()).isEqualTo(1);
        assertThat(List.copyOf(events).get(3).path("correlationid").asText()).isEqualTo("order-1");
    }

    @Test
    void aSlowRouteLosesEventsWhichAreCountedAndSlowsNothing() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        listen("notebook:events?queueSize=4", open);

        execute("many.ipynb", "1", "2", "3", "4", "5", "6", "7", "8");
        application.component().runListener().runEnded(RUN);

        // Events of cells have room for two, so there is some for the end of the job and of the run.
        assertThat(application.component().events().dropped()).isBetween(5L, 8L);
        open.countDown();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> types().contains("run.failed"));
        assertThat(types()).startsWith("job.started").endsWith("job.succeeded", "run.failed");
    }

    @Test
    void whatCannotBeConsumedIsRefused() {
        assertThatThrownBy(() -> listen("notebook:n.ipynb", new CountDownLatch(0)))
                .hasStackTraceContaining("only events come from a notebook endpoint");
        assertThatThrownBy(() -> listen("notebook:events?types=jobs", new CountDownLatch(0)))
                .hasStackTraceContaining("they begin with run., job. or cell., not 'jobs'");
        assertThatThrownBy(() ->
                        application.context().getEndpoint("notebook:events").createProducer())
                .hasMessageContaining("events can only be consumed");
    }
}
