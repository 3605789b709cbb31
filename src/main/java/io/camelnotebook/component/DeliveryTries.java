package io.camelnotebook.component;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.run.Secrets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries deliveries, by the route {@code direct:deliver}, until they arrive, or until all tries are used up and the route
 * {@code direct:undelivered} has them. Each further try waits twice as long as the one before, a minute at most, and no thread is
 * held meanwhile. Who stops Camel waits for none: what has failed once is given up then. Thread-safe.
 */
final class DeliveryTries {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryTries.class);
    private static final int TOLD_A_MINUTE = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final ProducerTemplate template;
    private final Pauses pauses = new Pauses();
    private final RecentlyTold told = new RecentlyTold(TOLD_A_MINUTE);
    private final int retries;
    private final Duration delay;

    DeliveryTries(CamelContext camel, int retries, Duration delay) {
        this.retries = retries;
        this.delay = delay;
        template = camel.createProducerTemplate();
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                pauses.end();
            }
        });
    }

    /** Completes with whether it arrived; exceptionally if that could not be noted. The tries are made by the given threads. */
    CompletableFuture<Boolean> deliver(Delivery delivery, Executor threads) {
        return deliver(delivery, threads, 0);
    }

    private CompletableFuture<Boolean> deliver(Delivery delivery, Executor threads, int failed) {
        return CompletableFuture.supplyAsync(() -> send(delivery), threads).thenCompose(sent -> {
            Exception cause = sent.getException();
            if (cause == null) {
                return CompletableFuture.completedFuture(true);
            }
            if (sent.getProperty(ResultSteps.ARRIVED) != null) {
                return CompletableFuture.failedFuture(cause);
            }
            // Not the cause itself, which may keep the message in memory.
            String reason = DeliveryFailure.reason(cause);
            if (failed == retries || pauses.areEnded()) {
                return CompletableFuture.completedFuture(giveUp(delivery, reason));
            }
            tell(delivery, reason, failed + 1);
            return pauses.pause(beforeRetry(failed)).thenCompose(over -> goOn(delivery, threads, failed + 1, reason));
        });
    }

    /** Of a thousand that a destination does not take some tell so; what is given up, each of them. */
    private void tell(Delivery delivery, String reason, int retry) {
        if (told.isNews(retry + " " + delivery.destination(), System.currentTimeMillis())) {
            LOG.warn(
                    "Not delivered: {} to {}: {}; trying again, {} of {}",
                    delivery.name(),
                    Secrets.redact(delivery.destination()),
                    Secrets.redact(reason),
                    retry,
                    retries);
        }
    }

    private CompletableFuture<Boolean> goOn(Delivery delivery, Executor threads, int failed, String reason) {
        return pauses.areEnded()
                ? CompletableFuture.supplyAsync(() -> giveUp(delivery, reason), threads)
                : deliver(delivery, threads, failed);
    }

    private Duration beforeRetry(int failed) {
        double millis = delay.toMillis() * Math.pow(2, failed);
        return millis < LONGEST_PAUSE.toMillis() ? Duration.ofMillis((long) millis) : LONGEST_PAUSE;
    }

    private Exchange send(Delivery delivery) {
        return template.send("direct:deliver", exchange -> exchange.getMessage().setBody(delivery));
    }

    /** Notes that it did not arrive, and says so by the value. */
    boolean giveUp(Delivery delivery, String reason) {
        Exchange sent = template.send("direct:undelivered", exchange -> {
            exchange.getMessage().setBody(delivery);
            exchange.setProperty(ResultSteps.REASON, reason);
        });
        if (sent.getException() != null) {
            throw new CompletionException(sent.getException());
        }
        return false;
    }
}
