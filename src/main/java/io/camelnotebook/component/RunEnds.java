package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import io.camelnotebook.run.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the ends of runs, on the way that what jobs left takes: to the destinations that keep runs, and, of runs that failed,
 * to the one that is told of them. A run ends only when that is delivered or given up, so an engine that goes on with a run
 * whose engine was killed does it again. Thread-safe.
 */
public final class RunEnds implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnds.class);

    private final Destinations destinations;
    private final String onFailure;
    private final Supplier<Runs> runs;
    private final Supplier<CamelContext> camel;
    private final Path outputs;
    private final Clock clock;

    /**
     * The ends of an engine's runs.
     *
     * @param onFailure the name of the destination that is told of runs that failed; empty if there is none
     * @param runs are there once the first run ends
     * @param camel has the route {@code direct:deliver} then
     * @param outputs the folder with the tables of results, which must be there when a run ends
     */
    public RunEnds(
            Destinations destinations,
            String onFailure,
            Supplier<Runs> runs,
            Supplier<CamelContext> camel,
            Path outputs,
            Clock clock) {
        this.destinations = destinations;
        this.onFailure = onFailure;
        this.runs = runs;
        this.camel = camel;
        this.outputs = outputs;
        this.clock = clock;
    }

    @Override
    public void runEnds(RunSummary run) {
        List<Delivery> ends = deliveries(run);
        if (ends.isEmpty()) {
            return;
        }
        // All at once: one that is down does not hold up the others.
        ProducerTemplate template = camel.get().createProducerTemplate();
        List<CompletableFuture<Exchange>> sent =
                ends.stream().map(end -> deliver(template, end)).toList();
        sent.forEach(CompletableFuture::join);
        template.stop();
    }

    private List<Delivery> deliveries(RunSummary run) {
        Instant time = clock.instant();
        Path table = outputs.resolve(run.pipeline()).resolve("results.csv");
        // Sent again when the run goes on, though nothing of it may have run: a job that is sent again reopens it
        // there.
        List<Delivery> ends =
                new ArrayList<>(destinations.deliveries(run, runs.get().destinations(run.id()), table, time));
        if (run.state() == RunState.FAILED && !onFailure.isEmpty()) {
            Delivery notice = destinations.notice(onFailure, run, time);
            if (!runs.get().wasDelivered(run.id(), "", notice.eventId(), onFailure, notice.name())) {
                ends.add(notice);
            }
        }
        return ends;
    }

    private static CompletableFuture<Exchange> deliver(ProducerTemplate template, Delivery delivery) {
        return template.asyncSend(
                        "direct:deliver", exchange -> exchange.getMessage().setBody(delivery))
                .thenApply(sent -> {
                    if (sent.getException() != null) {
                        LOG.error(
                                "Not delivered: {}: {}",
                                delivery.name(),
                                sent.getException().getMessage());
                    }
                    return sent;
                });
    }
}
