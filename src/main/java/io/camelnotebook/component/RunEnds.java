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
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
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
    private final DeliveryThreads threads;
    private final Path outputs;
    private final Clock clock;

    /**
     * The ends of an engine's runs.
     *
     * @param onFailure the name of the destination that is told of runs that failed; empty if there is none
     * @param runs are there once the first run ends
     * @param threads which deliver them
     * @param outputs the folder with the tables of results, which must be there when a run ends
     */
    public RunEnds(
            Destinations destinations,
            String onFailure,
            Supplier<Runs> runs,
            DeliveryThreads threads,
            Path outputs,
            Clock clock) {
        this.destinations = destinations;
        this.onFailure = onFailure;
        this.runs = runs;
        this.threads = threads;
        this.outputs = outputs;
        this.clock = clock;
    }

    @Override
    public void runEnds(RunSummary run) {
        try {
            threads.send(deliveries(run)).join();
        } catch (CompletionException e) {
            LOG.error("The end of run {} could not be delivered: {}", run.id(), String.valueOf(e.getCause()));
        }
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
}
