package io.camelnotebook.component;

import io.camelnotebook.run.Retry;
import io.camelnotebook.run.Runs;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Lets jobs wait for their next attempt, however many they are, with one thread and without a kernel. Thread-safe. */
public final class RetryTimer implements Consumer<Retry>, AutoCloseable {

    private final Runs runs;
    private final Supplier<CamelContext> camel;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "notebook-retries");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A timer for attempts of the given runs.
     *
     * @param camel has the route {@code direct:next}, once the first delay is over
     */
    public RetryTimer(Runs runs, Supplier<CamelContext> camel) {
        this.runs = runs;
        this.camel = camel;
    }

    /** Puts an attempt back among the jobs that are ready, after its delay. */
    @Override
    public void accept(Retry retry) {
        timer.schedule(() -> goOn(retry), retry.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void goOn(Retry retry) {
        if (!runs.due(retry)) {
            return;
        }
        ProducerTemplate template = camel.get().createProducerTemplate();
        Exchange sent = template.send(
                "direct:next", exchange -> exchange.getMessage().setHeader(NotebookConstants.RUN, retry.run()));
        if (sent.getException() != null) {
            runs.fail(retry.run(), sent.getException());
        }
    }

    /** Forgets all attempts that wait. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
