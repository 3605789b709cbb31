package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.run.JobMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component's Micrometer metrics, with real kernels. */
class MetricsIT {

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private CamelApplication application;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path spec = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(
                spec.resolve("kernel.json"),
                "{\"argv\": [\"/bin/false\", \"{connection_file}\"], \"display_name\": \"B\", \"language\": \"python\"}");
        application = new CamelApplication(1, spec);
        application.context().getRegistry().bind("anything", metrics);
        application.context().start();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Path notebook(String name, String... cells) throws Exception {
        return CamelApplication.notebook(folder.resolve(name), cells);
    }

    private double gauge(String name, String... tags) {
        return metrics.get("camel.notebook." + name).tags(tags).gauge().value();
    }

    private Timer timer(String name, String... tags) {
        return metrics.get("camel.notebook." + name).tags(tags).timer();
    }

    @Test
    void kernelStartsAndJobsAreTimedWithHowTheyEnded() throws Exception {
        Path good = notebook("good.ipynb", "x = 1");
        application.send("notebook:" + good, null, Map.of());
        application.send("notebook:" + good, null, Map.of());
        application.send("notebook:" + notebook("bad.ipynb", "1 / 0"), null, Map.of());
        application.send("notebook:" + good + "?kernel=broken", null, Map.of());
        application.send("notebook:" + good + "?kernel=klingon", null, Map.of());

        Timer starts = timer("kernel.start", "kernel", "python3");
        assertThat(starts.count()).isEqualTo(3);
        assertThat(starts.getId().getTag("mode")).isIn("fork", "fresh");
        assertThat(starts.totalTime(TimeUnit.MILLISECONDS)).isPositive();
        assertThat(timer("job", "kernel", "python3", "outcome", "succeeded").count())
                .isEqualTo(2);
        assertThat(timer("job", "kernel", "python3", "outcome", "failed").count())
                .isEqualTo(1);
        assertThat(timer("job", "kernel", "broken", "outcome", "failed").count())
                .isEqualTo(1);
        assertThat(timer("job", "kernel", "none", "outcome", "failed").count()).isEqualTo(1);
        assertThat(metrics.get("camel.notebook.kernel.start.failures")
                        .tag("kernel", "broken")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTag("camelContext"))
                        .isEqualTo(application.context().getName()));
    }

    @Test
    void jobsOfPipelinesAreTimedTheSameWay() throws Exception {
        Path notebook = notebook("job.ipynb", "x = 1");
        Path output = folder.resolve("job/job.ipynb");
        ExecutionRequest request = new ExecutionRequest(
                notebook,
                output,
                Map.of(),
                Optional.empty(),
                folder,
                Map.of(),
                false,
                KernelRequest.DEFAULT_START_TIMEOUT,
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                ExecutionOptions.DEFAULT);
        Exchange exchange = application.context().getEndpoint("notebook:*").createExchange();
        JobMessage job = EndpointJob.of(exchange, notebook.toString(), request, 0, Optional.of(output));

        Exchange answer = application.send("notebook:*", job, Map.of());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(NotebookConstants.KERNEL)).isEqualTo("python3");
        assertThat(timer("kernel.start", "kernel", "python3").count()).isEqualTo(1);
        assertThat(timer("job", "kernel", "python3", "outcome", "succeeded").count())
                .isEqualTo(1);
    }

    @Test
    void theRegistryMayBeMadeByCamelsOwnMetricsWhileTheRoutesStart() throws Exception {
        Path own = notebook("own.ipynb", "x = 1");
        try (CamelApplication later = new CamelApplication(1)) {
            later.context().addRoutePolicyFactory(new MicrometerRoutePolicyFactory());
            later.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:score").to("notebook:" + own);
                }
            });
            later.context().start();

            assertThat(later.send("direct:score", null, Map.of()).getException())
                    .isNull();

            MeterRegistry made = later.context().getRegistry().findSingleByType(MeterRegistry.class);
            assertThat(made.find("camel.notebook.kernels.max").gauge()).isNotNull();
            assertThat(made.get("camel.notebook.job").timer().count()).isEqualTo(1);
        }
    }

    @Test
    void whatWaitsAndRunsIsMeasuredUntilTheComponentStops() throws Exception {
        Path go = folder.resolve("go");
        Path notebook = notebook(
                "n.ipynb",
                "import time\nfrom pathlib import Path",
                "while not Path('" + go + "').exists():\n    time.sleep(0.05)");
        CompletableFuture<Exchange> first = application.template().asyncSend("notebook:" + notebook, exchange -> {});
        CompletableFuture<Exchange> second = application.template().asyncSend("notebook:" + notebook, exchange -> {});

        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(gauge("jobs.waiting")).isEqualTo(1));
        assertThat(gauge("kernels", "state", "running")).isEqualTo(1);
        assertThat(gauge("kernels", "state", "ending")).isZero();
        assertThat(gauge("kernels.max")).isEqualTo(1);
        Files.createFile(go);
        assertThat(first.get(60, TimeUnit.SECONDS).getException()).isNull();
        assertThat(second.get(60, TimeUnit.SECONDS).getException()).isNull();
        assertThat(gauge("jobs.waiting")).isZero();

        application.close();

        assertThat(metrics.find("camel.notebook.kernels").gauges()).isEmpty();
        assertThat(metrics.find("camel.notebook.job").timers()).isNotEmpty();
    }

    @Test
    void droppedEventsAreCountedAlsoWhenTheirRouteIsGone() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        application.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("notebook:events?queueSize=1").routeId("slow").process(exchange -> open.await());
            }
        });
        application.send("notebook:" + notebook("n.ipynb", "1", "2", "3"), null, Map.of());
        open.countDown();
        application.context().getRouteController().stopRoute("slow");

        assertThat(metrics.get("camel.notebook.events.dropped")
                        .functionCounter()
                        .count())
                .isPositive()
                .isEqualTo(application.component().events().dropped());
    }
}
