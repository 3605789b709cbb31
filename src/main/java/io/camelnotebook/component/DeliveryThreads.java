package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.run.JobResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends deliveries by the route {@code direct:deliver}. Each destination has threads of its own, so that one that is down or slow
 * holds up no other. They end with Camel. Thread-safe.
 */
public final class DeliveryThreads {

    private static final int OF_DESTINATION = 4;

    /** How many jobs may wait for destinations; who has more to send waits too, and keeps memory free. */
    private static final int JOBS = 1000;

    private final Supplier<CamelContext> camel;
    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
    private @Nullable ProducerTemplate template;

    /** @param camel has the route, once the first delivery is sent */
    public DeliveryThreads(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    /**
     * Sends deliveries, those to one destination in their order. Completes when each is delivered or given up; exceptionally if
     * that could not be noted.
     */
    CompletableFuture<Void> send(List<Delivery> deliveries) {
        Map<String, List<Delivery>> byDestination = new LinkedHashMap<>();
        deliveries.forEach(delivery -> byDestination
                .computeIfAbsent(delivery.destination(), any -> new ArrayList<>())
                .add(delivery));
        return CompletableFuture.allOf(byDestination.entrySet().stream()
                .map(one ->
                        CompletableFuture.runAsync(() -> one.getValue().forEach(this::deliver), threads(one.getKey())))
                .toArray(CompletableFuture[]::new));
    }

    private ExecutorService threads(String destination) {
        // Its name may be a URI with a password, so theirs has nothing of it.
        return threads.computeIfAbsent(
                destination,
                any -> camel.get().getExecutorServiceManager().newFixedThreadPool(this, "Deliver", OF_DESTINATION));
    }

    private void deliver(Delivery delivery) {
        Exchange sent = template()
                .send("direct:deliver", exchange -> exchange.getMessage().setBody(delivery));
        if (sent.getException() != null) {
            throw new CompletionException(sent.getException());
        }
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = camel.get().createProducerTemplate();
        }
        return template;
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
