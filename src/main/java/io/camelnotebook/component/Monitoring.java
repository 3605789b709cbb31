package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * What tells people how the component is: its health check, its metrics and its page of the dev console, each where the
 * application has such things at all. Thread-safe.
 */
final class Monitoring implements ExecutionObserver, AutoCloseable {

    private final NotebookConsole console;
    private final NotebookHealthCheck health;
    private final List<ExecutionObserver> observers;
    private final CamelContext camel;
    private final Optional<NotebookMetrics> metrics;

    /** Begins to monitor a component that is about to start. */
    Monitoring(NotebookComponent component, Clock clock) {
        camel = component.getCamelContext();
        KernelStarts starts = new KernelStarts(clock);
        console = new NotebookConsole(component);
        health = new NotebookHealthCheck(component, starts);
        metrics = hasMicrometer() ? NotebookMetrics.start(component) : Optional.empty();
        observers = Stream.concat(Stream.of(starts), metrics.stream()).toList();
        DevConsoleRegistry consoles = DevConsoleRegistry.get(camel);
        if (consoles != null) {
            consoles.register(console);
        }
        HealthCheckRegistry checks = HealthCheckRegistry.get(camel);
        if (checks != null) {
            checks.register(health);
        }
    }

    private boolean hasMicrometer() {
        return camel.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
    }

    @Override
    public void executed(ExecutionResult result) {
        observers.forEach(observer -> observer.executed(result));
    }

    @Override
    public void ended(String state, Optional<String> kernel, Duration time) {
        observers.forEach(observer -> observer.ended(state, kernel, time));
    }

    /** Takes back what a component that is started again gives anew. */
    @Override
    public void close() {
        DevConsoleRegistry consoles = DevConsoleRegistry.get(camel);
        if (consoles != null) {
            consoles.unregister(console);
        }
        HealthCheckRegistry checks = HealthCheckRegistry.get(camel);
        if (checks != null) {
            checks.unregister(health);
        }
        metrics.ifPresent(NotebookMetrics::close);
    }
}
