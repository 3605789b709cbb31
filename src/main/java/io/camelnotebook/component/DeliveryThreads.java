package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.run.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends what jobs left. Each destination has threads of its own, so that one that is down or slow holds up no other; they are held
 * by tries alone, not by waiting for the next one. They end with Camel. Thread-safe.
 */
public final class DeliveryThreads {

    private static final int OF_DESTINATION = 4;

    /** How many jobs may wait for destinations; who has more to send waits too, and keeps memory free. */
    private static final int JOBS = 1000;

    private final Supplier<CamelContext> camel;
    private final int retries;
    private final Duration delay;
    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
    private @Nullable DeliveryTries tries;

    /**
     * Threads that try deliveries again.
     *
     * @param camel has the routes {@code direct:deliver} and {@code direct:undelivered}, once the first delivery is sent
     * @param delay before the first retry
     */
    public DeliveryThreads(Supplier<CamelContext> camel, int retries, Duration delay) {
        this.camel = camel;
        this.retries = retries;
        this.delay = delay;
    }

    /**
     * Sends deliveries, those to one destination in their order: where one is given up, so are those after it. Completes when each
     * is delivered or given up; exceptionally if that could not be noted.
     */
    CompletableFuture<Void> send(List<Delivery> deliveries) {
        Map<String, List<Delivery>> byDestination = new LinkedHashMap<>();
        deliveries.forEach(delivery -> byDestination
                .computeIfAbsent(delivery.destination(), any -> new ArrayList<>())
                .add(delivery));
        return CompletableFuture.allOf(byDestination.entrySet().stream()
                .map(one -> inOrder(one.getValue(), threads(one.getKey())))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> inOrder(List<Delivery> deliveries, ExecutorService threads) {
        CompletableFuture<Optional<Delivery>> givenUp = CompletableFuture.completedFuture(Optional.empty());
        for (Delivery delivery : deliveries) {
            givenUp = givenUp.thenCompose(before -> {
                if (before.isPresent()) {
                    giveUp(delivery, before.get());
                    return CompletableFuture.completedFuture(before);
                }
                return tries().deliver(delivery, threads)
                        .thenApply(arrived -> arrived ? Optional.empty() : Optional.of(delivery));
            });
        }
        return givenUp;
    }

    /** A record without its notebook would tell of what is not there. */
    private void giveUp(Delivery delivery, Delivery before) {
        tries().giveUp(delivery, before.name() + ", which goes before it, did not arrive");
    }

    private ExecutorService threads(String destination) {
        // Its name may be a URI with a password, so theirs has nothing of it.
        return threads.computeIfAbsent(
                destination,
                any -> camel.get().getExecutorServiceManager().newFixedThreadPool(this, "Deliver", OF_DESTINATION));
    }

    private synchronized DeliveryTries tries() {
        if (tries == null) {
            tries = new DeliveryTries(camel.get(), retries, delay);
        }
        return tries;
    }

    /**
     * The step that sends what a job left.
     *
     * @param deliveries what that is
     */
    public AsyncProcessor step(Function<JobResult, List<Delivery>> deliveries) {
        Semaphore room = new Semaphore(JOBS);
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                room.acquireUninterruptibly();
                send(exchange)
                        .whenCompleteAsync(
                                (nothing, failure) -> {
                                    room.release();
                                    if (failure != null) {
                                        exchange.setException(failure);
                                    }
                                    callback.done(false);
                                },
                                // With the last job the run ends, which is delivered in turn.
                                endings());
                return false;
            }

            private CompletableFuture<Void> send(Exchange exchange) {
                try {
                    return DeliveryThreads.this.send(
                            deliveries.apply(exchange.getMessage().getBody(JobResult.class)));
                } catch (RuntimeException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
        };
    }

    private ExecutorService endings() {
        return threads.computeIfAbsent(
                "", any -> camel.get().getExecutorServiceManager().newCachedThreadPool(this, "Delivered"));
    }
}
