package io.camelnotebook.main;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.camelnotebook.component.DeliveryThreads;
import io.camelnotebook.component.ResultSteps;
import io.camelnotebook.component.RunEnds;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import io.camelnotebook.publish.NotebookHtml;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.RunSummary;
import io.camelnotebook.run.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.slf4j.LoggerFactory;

/**
 * The route of {@code routes/50-publish.camel.yaml} as it stands, with ledger and runs, in a context that knows
 * destinations such as {@code there}, to all of which jobs are published. What jobs leave is written at once instead of by kernels.
 */
final class Publishing implements AutoCloseable {

    private final Path folder;
    private final List<String> publish;
    private final CamelContext context = new DefaultCamelContext();
    private final Ledger ledger;
    private final Runs runs;
    private final Destinations destinations;
    private final List<JobResult> published = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /**
     * Publishing that has begun.
     *
     * @param settings of destinations, and of others; {@code there} is the URI of one, {@code there.NAME} an option
     */
    Publishing(Path folder, Map<String, String> settings) throws Exception {
        this.folder = folder;
        Properties properties = new Properties();
        properties.put("notebook.publish.retries", "7");
        properties.put("notebook.publish.delay", "100");
        settings.forEach((name, value) ->
                properties.put(name.startsWith("notebook.") ? name : "notebook.destination." + name, value));
        publish = settings.keySet().stream()
                .filter(name -> name.indexOf('.') < 0)
                .sorted()
                .toList();
        ledger = Ledger.open(folder.resolve("runs.db"), Clock.systemUTC());
        NamedDestinations named = new NamedDestinations(properties);
        destinations = new Destinations(Set.of(), "notebook.publish.schemes", named);
        Path outputs = folder.resolve("outputs");
        DeliveryThreads deliveries = new DeliveryThreads(
                () -> context,
                Integer.parseInt(properties.getProperty("notebook.publish.retries")),
                Duration.ofMillis(Long.parseLong(properties.getProperty("notebook.publish.delay"))));
        RunListener ends = new RunEnds(destinations, "", this::runs, deliveries, outputs, Clock.systemUTC());
        runs = new Runs(ledger, outputs, folder, 64, 64, 0, ends, Clock.systemUTC());
        ResultSteps results = new ResultSteps(runs, destinations, retry -> {});

        PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
        placeholders.setOverrideProperties(properties);
        placeholders.addPropertiesFunction(new FileContent());
        context.getRegistry().bind("results", results);
        context.getRegistry().bind("deliveries", deliveries.step(results::deliveries));
        context.getRegistry().bind("html", new NotebookHtml(kernel -> Optional.empty(), job -> false));
        context.getRegistry().bind("jms", Component.class, JmsConnection.whenAsked(context));
        TrustedCertificates.bind(context, named);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:broken").to("log:broken?level=ERROR&showException=true");
            }
        });
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        PluginHelper.getResourceLoader(context).resolveResource("file:routes/50-publish.camel.yaml"));
        log.start();
        root().addAppender(log);
        context.start();
    }

    private Runs runs() {
        return runs;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Publishes what some jobs left; completes with their run. */
    CompletableFuture<RunSummary> publish(int jobs) throws IOException {
        Files.writeString(folder.resolve("n.ipynb"), "{}");
        Path config = Files.writeString(
                folder.resolve("p.yaml"),
                "{publish: " + publish
                        + ", jobs: {a: {notebook: n.ipynb, label: 'l${matrix.i}', matrix: {i: {range: [0, " + jobs
                        + "]}}}}}");
        published.clear();
        String run = runs.start(
                new PipelineReader(folder, PipelineLimits.defaults(), PipelineCheck.NONE).read(config, Map.of()),
                RunOrigin.UNKNOWN);
        CompletableFuture<RunSummary> end = runs.end(run);
        for (JobMessage job : runs.next(run)) {
            runs.started(job);
            Files.createDirectories(Path.of(job.output()).getParent());
            Files.writeString(Path.of(job.output()), "{\"executed\": \"" + job.label() + "\"}");
            JobResult result = JobMessages.succeeded(job, Map.of());
            published.add(result);
            runs.ended(result);
            context.createProducerTemplate().sendBody("seda:publish", result);
        }
        return end;
    }

    /** Sends everything of the last run once more, as an engine does that was killed before it could note the arrival. */
    void deliverAgain() {
        published.stream()
                .flatMap(result -> destinations.deliveries(result).stream())
                .forEach(delivery -> context.createProducerTemplate().sendBody("direct:deliver", delivery));
    }

    /** Publishes what some jobs left, and waits until it is delivered or given up. */
    RunSummary published(int jobs) throws Exception {
        return publish(jobs).get(60, TimeUnit.SECONDS);
    }

    /** What was logged, with stack traces. */
    String log() {
        return List.copyOf(log.list).stream()
                // The broker is a process of its own elsewhere; some of its threads lose a race with its end here.
                .filter(event -> !event.getLoggerName().equals("org.apache.activemq.artemis.core.server"))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + "\n"
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining());
    }

    /** Everything that is written down anywhere: the log, the ledger, records, and the run's own problems. */
    String everything(RunSummary summary) throws IOException {
        StringBuilder all = new StringBuilder(log()).append(summary);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        root().detachAppender(log);
        context.stop();
        ledger.close();
    }
}
