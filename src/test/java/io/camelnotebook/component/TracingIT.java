package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component in traces of Camel's OpenTelemetry, with real kernels. */
class TracingIT {

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();
    private static final SdkTracerProvider PROVIDER = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
            .build();
    private static CamelApplication application;
    private static Path folder;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        application = new CamelApplication(2);
        application.context().getRegistry().bind("tracer", Tracer.class, PROVIDER.get("test"));
        application
                .context()
                .getRegistry()
                .bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        new OpenTelemetryTracer().init(application.context());
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:score").toD("notebook:${header.notebook}").to("mock:after");
            }
        });
        application.context().start();
    }

    @AfterAll
    static void stop() {
        application.close();
        PROVIDER.close();
    }

    private static CompletableFuture<Exchange> send(Path notebook, String trace) {
        return application.template().asyncSend("direct:score", exchange -> {
            exchange.getMessage().setHeader("notebook", notebook.toString());
            exchange.getMessage().setHeader("traceparent", "00-" + trace + "-00000000000000ab-01");
        });
    }

    private static String trace(int number) {
        return "%032x".formatted(number);
    }

    private static SpanData span(String trace, String name, String op) {
        return SPANS.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace)
                        && span.getName().equals(name)
                        && op.equals(span.getAttributes().get(AttributeKey.stringKey("op"))))
                .reduce((one, other) -> {
                    throw new AssertionError("two spans " + name);
                })
                .orElseThrow();
    }

    private static String tag(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void theTraceOfEachMessageGoesOnAfterItsNotebook() throws Exception {
        Path notebook = CamelApplication.notebook(folder.resolve("n.ipynb"), "x = 1", "import time\ntime.sleep(0.1)");

        List<CompletableFuture<Exchange>> sent =
                IntStream.range(1, 5).mapToObj(i -> send(notebook, trace(i))).toList();
        for (CompletableFuture<Exchange> each : sent) {
            assertThat(each.get(60, TimeUnit.SECONDS).getException()).isNull();
        }

        for (int i = 1; i < 5; i++) {
            SpanData route = span(trace(i), "score", "EVENT_RECEIVED");
            SpanData executed = span(trace(i), "notebook", "EVENT_SENT");
            SpanData after = span(trace(i), "mock", "EVENT_SENT");
            assertThat(executed.getParentSpanId()).isEqualTo(route.getSpanId());
            assertThat(after.getParentSpanId()).isEqualTo(route.getSpanId());
            assertThat(executed.getEndEpochNanos() - executed.getStartEpochNanos())
                    .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(after.getStartEpochNanos()).isGreaterThanOrEqualTo(executed.getEndEpochNanos());
            assertThat(tag(executed, "component")).isEqualTo("camel-notebook");
            assertThat(tag(executed, NotebookSpanDecorator.PATH)).isEqualTo(notebook.toString());
            assertThat(tag(executed, NotebookSpanDecorator.KERNEL)).isEqualTo("python3");
            assertThat(tag(executed, NotebookSpanDecorator.OUTCOME)).isEqualTo("succeeded");
        }
    }

    @Test
    void aNotebookThatFailsIsAnErrorInTheTrace() throws Exception {
        Path notebook = CamelApplication.notebook(folder.resolve("bad.ipynb"), "1 / 0");

        send(notebook, trace(5)).get(60, TimeUnit.SECONDS);
        send(folder.resolve("absent.ipynb"), trace(6)).get(60, TimeUnit.SECONDS);

        SpanData failed = span(trace(5), "notebook", "EVENT_SENT");
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(tag(failed, NotebookSpanDecorator.OUTCOME)).isEqualTo("failed");
        SpanData absent = span(trace(6), "notebook", "EVENT_SENT");
        assertThat(absent.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(absent.getAttributes().asMap().keySet())
                .extracting(AttributeKey::getKey)
                .contains(NotebookSpanDecorator.PATH)
                .doesNotContain(NotebookSpanDecorator.OUTCOME, NotebookSpanDecorator.KERNEL);
    }

    @Test
    void theEventsThatARouteConsumesAreTracesOfTheirOwn() throws Exception {
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("notebook:events?types=job.succeeded").to("mock:event");
            }
        });
        Path notebook = CamelApplication.notebook(folder.resolve("n.ipynb"), "x = 1");

        assertThat(application.send("notebook:" + notebook, null, Map.of()).getException())
                .isNull();

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> SPANS.getFinishedSpanItems().stream()
                        .anyMatch(span -> span.getName().equals("notebook")
                                && "EVENT_RECEIVED".equals(tag(span, "op"))
                                && span.getParentSpanId().equals("0000000000000000")));
    }
}
