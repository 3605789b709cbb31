package io.camelnotebook.component;

import io.camelnotebook.execution.EngineLoad;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.kernel.KernelStart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;

/**
 * The component's Micrometer metrics, for applications that have Micrometer. Their tags have few values: no notebook, no run
 * and no error is one. Thread-safe.
 */
final class NotebookMetrics implements ExecutionObserver, AutoCloseable {

    /** What camel-micrometer calls the registry that it uses. */
    private static final String REGISTRY = "metricsRegistry";

    private static final String PREFIX = "camel.notebook.";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> gauges = new ArrayList<>();

    private NotebookMetrics(MeterRegistry registry, NotebookComponent component) {
        this.registry = registry;
        // As camel-micrometer does, for applications with several contexts.
        tags = Tags.of("camelContext", component.getCamelContext().getName());
        gauge("jobs.waiting", "Notebooks that wait for a kernel", component, Tags.empty(), EngineLoad::waiting);
        gauge("kernels", "Kernels alive", component, Tags.of("state", "running"), EngineLoad::running);
        gauge("kernels", "Kernels alive", component, Tags.of("state", "ending"), EngineLoad::ending);
        gauge("kernels.max", "Kernels that may run at once", component, Tags.empty(), EngineLoad::slots);
        gauges.add(FunctionCounter.builder(PREFIX + "events.dropped", component.events(), NotebookEvents::dropped)
                .description("Events that the routes which consume them had no room for")
                .tags(tags)
                .register(registry));
    }

    /** Begins to measure, if the application has a registry for metrics: in Camel's, by name as camel-micrometer, or the only one. */
    static Optional<NotebookMetrics> start(NotebookComponent component) {
        return registry(component.getCamelContext().getRegistry())
                .map(registry -> new NotebookMetrics(registry, component));
    }

    private static Optional<MeterRegistry> registry(Registry camel) {
        MeterRegistry named = camel.lookupByNameAndType(REGISTRY, MeterRegistry.class);
        if (named != null) {
            return Optional.of(named);
        }
        return Stream.of(CompositeMeterRegistry.class, MeterRegistry.class)
                .<Set<? extends MeterRegistry>>map(camel::findByType)
                .filter(found -> found.size() == 1)
                .<MeterRegistry>map(found -> found.iterator().next())
                .findFirst();
    }

    private void gauge(
            String name,
            String description,
            NotebookComponent component,
            Tags own,
            ToDoubleFunction<EngineLoad> value) {
        gauges.add(Gauge.builder(
                        PREFIX + name,
                        component,
                        each -> value.applyAsDouble(each.engine().load()))
                .description(description)
                .tags(tags.and(own))
                .register(registry));
    }

    @Override
    public void executed(ExecutionResult result) {
        Tags kernel = tags.and("kernel", result.kernelName().orElse("none"));
        Optional<KernelStart> start = result.kernelStart();
        if (start.isPresent()) {
            timer(
                    "kernel.start",
                    "Time until a notebook had its kernel",
                    kernel.and("mode", start.get().mode().jsonName()),
                    result.start());
        } else if (KernelStarts.isFailure(result)) {
            Counter.builder(PREFIX + "kernel.start.failures")
                    .description("Kernels that did not start")
                    .tags(kernel)
                    .register(registry)
                    .increment();
        }
    }

    @Override
    public void ended(String state, Optional<String> kernel, Duration time) {
        timer(
                "job",
                "Time that a notebook had a kernel's slot",
                tags.and("kernel", kernel.orElse("none"), "outcome", state),
                time);
    }

    private void timer(String name, String description, Tags all, Duration time) {
        Timer.builder(PREFIX + name)
                .description(description)
                .tags(all)
                .register(registry)
                .record(time);
    }

    /** Takes back what tells of now; what tells of the past stays. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
