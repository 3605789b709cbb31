package io.camelnotebook.main;

import io.camelnotebook.component.ClaimSteps;
import io.camelnotebook.component.DeliveryThreads;
import io.camelnotebook.component.JobListener;
import io.camelnotebook.component.NotebookChecks;
import io.camelnotebook.component.NotebookComponent;
import io.camelnotebook.component.PipelineSteps;
import io.camelnotebook.component.ResultSteps;
import io.camelnotebook.component.RetryTimer;
import io.camelnotebook.component.RunEnds;
import io.camelnotebook.component.ScheduleSteps;
import io.camelnotebook.entrance.EntranceSteps;
import io.camelnotebook.entrance.ReceivedConfigs;
import io.camelnotebook.entrance.RefusedJmsMessage;
import io.camelnotebook.entrance.UnreadableRequests;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import io.camelnotebook.publish.NotebookHtml;
import io.camelnotebook.publish.ResultsTables;
import io.camelnotebook.run.JobCache;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.MessageJson;
import io.camelnotebook.run.Redo;
import io.camelnotebook.run.Reusable;
import io.camelnotebook.run.RunHistory;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunListeners;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.RunSummary;
import io.camelnotebook.run.Runs;
import io.camelnotebook.schedule.Schedules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;

/**
 * The engine as an application: the notebook component, the ledger, and the routes of the {@code routes} folder around
 * them, under Camel's Main.
 */
final class Application implements AutoCloseable {

    private final Settings settings;
    private final LocalKernels kernels;
    private final Main main = new Main();
    private final NotebookComponent component = new NotebookComponent();
    private final Ledger ledger;
    private final Runs runs;
    private final PipelineReader reader;
    private volatile Consumer<String> scheduleMessages = message -> {};
    private final RetryTimer retries;
    private final NotebookHtml html;

    /**
     * An application that has not been started.
     *
     * @param listener hears how runs go on, for people
     */
    Application(Settings settings, RunListener listener) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();
        Path outputs = settings.outputs();
        ledger = Ledger.open(settings.ledger(), clock);
        ResultsTables tables = new ResultsTables(ledger, outputs, System::nanoTime);
        NamedDestinations named = new NamedDestinations(settings.properties());
        Destinations destinations = new Destinations(settings.publishSchemes(), "notebook.publish.schemes", named);
        html = new NotebookHtml(this::python, destinations::wantsPage);
        DeliveryThreads deliveries =
                new DeliveryThreads(main::getCamelContext, settings.publishRetries(), settings.publishDelay());
        RunEnds ends =
                new RunEnds(destinations, settings.onFailure(destinations), this::runs, deliveries, outputs, clock);
        runs = new Runs(
                ledger,
                outputs,
                Path.of("").toAbsolutePath(),
                settings.window(),
                settings.chunks(),
                settings.retries(),
                new RunListeners(List.of(tables, ends, component.runListener(), listener)),
                clock);
        kernels = NotebookComponent.localKernels(
                settings.kernelStart(), settings.kernelTransport(), settings.kernels(), settings.warmKernels());
        NotebookExecutor executor = new NotebookExecutor(kernels, clock);
        PipelineCheck checks = new NotebookChecks(executor, settings.memory(), destinations);
        ReceivedConfigs received = new EntranceSettings(settings).configs(executor);
        reader = new PipelineReader(Path.of(""), PipelineLimits.defaults().withMaxJobs(settings.maxJobs()), checks);
        component.useKernels(kernels);
        component.setKernels(settings.kernels());
        component.setKernelStart(settings.kernelStart());
        component.setWarmKernels(settings.warmKernels());
        component.setMemory(settings.memory());
        component.setJobCache(settings.cache() ? ledger::reusable : JobCache.NONE);
        component.setKernelTransport(settings.kernelTransport());
        component.setJobListener(new JobListener() {
            @Override
            public void started(JobMessage job) {
                runs.started(job);
            }

            @Override
            public void cellEnded(JobMessage job, int cellsEnded, int cells) {
                runs.cellEnded(job, cellsEnded, cells);
            }
        });
        retries = new RetryTimer(runs, main::getCamelContext);
        configure(destinations, deliveries, named, received);
    }

    private void configure(
            Destinations destinations, DeliveryThreads deliveries, NamedDestinations named, ReceivedConfigs received) {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(settings.properties());
        main.configure().withRoutesIncludePattern(settings.routes());
        main.bind("notebook", component);
        main.bind("messageJson", MessageJson.mapper());
        main.bind("pipelines", new PipelineSteps(settings.configs(), reader, received, runs));
        main.bind("runEnd", new PipelineSteps.End());
        Consumer<String> messages = message -> scheduleMessages.accept(message);
        Schedules schedules = new Schedules(settings.configs(), settings.scheduleGrace(), messages, Clock.systemUTC());
        main.bind("schedules", new ScheduleSteps(schedules, messages));
        ResultSteps results = new ResultSteps(runs, destinations, retries);
        main.bind("results", results);
        main.bind("deliveries", deliveries.step(results::deliveries));
        main.bind("html", html);
        bindToContext(named, received);
        main.bind("claim", new ClaimSteps(settings.configs().resolve(".failed"), received));
    }

    private void bindToContext(NamedDestinations named, ReceivedConfigs received) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                CamelContext context = starting.getCamelContext();
                PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
                placeholders.addPropertiesFunction(new FileContent());
                String token = context.resolvePropertyPlaceholders("{{notebook.http.token}}");
                EntranceSteps entrance = new EntranceSteps(received, token);
                Registry registry = context.getRegistry();
                registry.bind("entrance", entrance);
                registry.bind("storing", (Processor) entrance::retrying);
                // Made at once where the engine listens, so that a wrong setting ends the start; elsewhere the broker's
                // client is loaded only for an endpoint that asks for it.
                if (settings.listensToJms()) {
                    registry.bind("jms", JmsConnection.component(context));
                } else {
                    registry.bind("jms", Component.class, JmsConnection.whenAsked(context));
                }
                registry.bind("refusedJmsMessage", Object.class, () -> new RefusedJmsMessage());
                registry.bind("unreadableRequests", Object.class, () -> new UnreadableRequests());
                TrustedCertificates.bind(context, named);
            }
        });
    }

    private Optional<String> python(Optional<String> kernel) {
        return kernel.flatMap(kernels.specs()::find)
                .filter(spec -> spec.language().equalsIgnoreCase("python"))
                .or(() -> kernels.specs().list().specs().stream()
                        .filter(spec -> spec.name().equals("python3"))
                        .findFirst())
                .map(spec -> spec.argv().get(0));
    }

    private Runs runs() {
        return runs;
    }

    /** Tells what people should know about schedules from now on. */
    void onScheduleMessage(Consumer<String> messages) {
        scheduleMessages = messages;
    }

    /** Begins to start what the kernels of the pipelines that were read share. Returns at once. */
    void startKernelsAhead() {
        kernels.startAhead();
    }

    /** Starts Camel with its routes. */
    void start() {
        try {
            main.start();
        } catch (RuntimeCamelException | IllegalArgumentException e) {
            throw StartFailure.of(e);
        }
    }

    /** Runs until somebody stops the process. */
    void run() throws Exception {
        try {
            main.run();
        } catch (RuntimeCamelException | IllegalArgumentException e) {
            throw StartFailure.of(e);
        }
    }

    /** What reads config files and checks them, also before the application is started. */
    PipelineReader reader() {
        return reader;
    }

    /** The jobs of a pipeline that would not run, with the earlier ones that stand for them. */
    Map<String, Reusable> preview(Pipeline pipeline) {
        return runs.preview(pipeline, component::earlier);
    }

    /** Sends a pipeline on its way. Completes with its end; exceptionally only if the engine itself failed. */
    CompletableFuture<RunSummary> submit(Pipeline pipeline, RunOrigin origin) {
        return send(pipeline, PipelineSteps.ORIGIN, origin);
    }

    /** Lets a run go on, as {@link #submit} begins one. */
    CompletableFuture<RunSummary> resume(String run, Pipeline pipeline, Redo redo) {
        return send(pipeline, PipelineSteps.RESUME, new PipelineSteps.Resume(run, redo));
    }

    private CompletableFuture<RunSummary> send(Pipeline pipeline, String property, Object value) {
        CamelContext context = main.getCamelContext();
        return context.createProducerTemplate()
                .asyncSend("direct:pipeline", exchange -> {
                    exchange.setProperty(property, value);
                    exchange.getMessage().setBody(pipeline);
                })
                .thenApply(Application::summary);
    }

    /** The runs before. */
    RunHistory history() {
        return ledger.history();
    }

    private static RunSummary summary(Exchange exchange) {
        RunSummary summary = exchange.getMessage().getBody(RunSummary.class);
        if (summary == null) {
            throw new CompletionException(exchange.getException());
        }
        return summary;
    }

    /** Ends all runs early: what is executed is interrupted and written, what waits is cancelled. */
    void cancel() {
        runs.cancelAll();
        component.engine().cancelAll();
    }

    @Override
    public void close() {
        retries.close();
        html.close();
        main.stop();
        // Camel closes them only if it was started.
        kernels.close();
        ledger.close();
    }
}
