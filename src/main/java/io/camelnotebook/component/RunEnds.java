package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the ends of runs to the destinations that keep runs, on the way that what jobs left takes. A run ends only when that
 * is delivered or given up. Thread-safe.
 */
public final class RunEnds implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnds.class);

    private final Destinations destinations;
    private final Function<String, Set<String>> publish;
    private final Supplier<CamelContext> camel;
    private final Path outputs;
    private final Clock clock;

    /**
     * The ends of an engine's runs.
     *
     * @param publish where a run that goes on is published
     * @param camel has the route {@code direct:deliver}, once the first run ends
     * @param outputs the folder with the tables of results, which must be there when a run ends
     */
    public RunEnds(
            Destinations destinations,
            Function<String, Set<String>> publish,
            Supplier<CamelContext> camel,
            Path outputs,
            Clock clock) {
        this.destinations = destinations;
        this.publish = publish;
        this.camel = camel;
        this.outputs = outputs;
        this.clock = clock;
    }

    @Override
    public void runEnds(RunSummary run) {
        Path table = outputs.resolve(run.pipeline()).resolve("results.csv");
        destinations
                .deliveries(run, publish.apply(run.id()), table, clock.instant())
                .forEach(this::deliver);
    }

    private void deliver(Delivery delivery) {
        ProducerTemplate template = camel.get().createProducerTemplate();
        Exchange sent = template.send(
                "direct:deliver", exchange -> exchange.getMessage().setBody(delivery));
        template.stop();
        if (sent.getException() != null) {
            LOG.error(
                    "Not delivered: {}: {}",
                    delivery.name(),
                    sent.getException().getMessage());
        }
    }
}
