package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadsTest {

    private final CamelContext context = new DefaultCamelContext();
    private final DeliveryThreads threads = new DeliveryThreads(() -> context);

    private void start(Processor deliver) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:deliver").process(deliver);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static Delivery delivery(String destination, int number) {
        RunSummary run =
                new RunSummary("r", "p", "p.yaml", RunState.FAILED, 1, Map.of(), number, 0, List.of(), 0, null);
        return new Destinations(Set.of(), "none", new NamedDestinations(new Properties()))
                .notice(destination, run, Instant.EPOCH);
    }

    @Test
    void whatGoesToOneDestinationStaysInOrderAndWaitsForNoOther() throws Exception {
        Queue<String> arrived = new ConcurrentLinkedQueue<>();
        CountDownLatch up = new CountDownLatch(1);
        start(exchange -> {
            Delivery delivery = exchange.getMessage().getBody(Delivery.class);
            if (delivery.destination().equals("seda:down")) {
                up.await();
            }
            arrived.add(delivery.destination() + " " + delivery.eventId());
        });

        List<CompletableFuture<Void>> down = IntStream.range(0, 9)
                .mapToObj(job -> threads.send(List.of(delivery("seda:down", job))))
                .toList();
        threads.send(List.of(
                        delivery("seda:up", 1), delivery("seda:up", 2), delivery("seda:up", 3), delivery("seda:up", 4)))
                .get(30, TimeUnit.SECONDS);

        assertThat(arrived)
                .containsExactly(
                        "seda:up r/1/failed", "seda:up r/2/failed", "seda:up r/3/failed", "seda:up r/4/failed");
        assertThat(down).noneMatch(CompletableFuture::isDone);
        up.countDown();
        CompletableFuture.allOf(down.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(arrived).hasSize(13);
    }

    @Test
    void aDeliveryThatCouldNotBeNotedFailsTheStep() throws Exception {
        start(exchange -> {
            throw new IllegalStateException("the ledger is full");
        });
        AsyncProcessor step = threads.step(result -> List.of(delivery("seda:a", 1)));
        Exchange job = job();

        step.process(job);

        assertThat(job.getException()).hasRootCauseMessage("the ledger is full");
    }

    @Test
    void whoHasMoreJobsThanAThousandForADestinationThatIsDownWaitsUntilItTakesOne() throws Exception {
        CountDownLatch up = new CountDownLatch(1);
        AtomicInteger arrived = new AtomicInteger();
        start(exchange -> {
            up.await();
            arrived.incrementAndGet();
        });
        AsyncProcessor step = threads.step(result -> List.of(delivery("seda:down", 1)));
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sent.add(step.processAsync(job()));
        }

        CompletableFuture<Exchange> oneMore =
                CompletableFuture.supplyAsync(() -> step.processAsync(job())).thenCompose(Function.identity());
        await().during(Duration.ofMillis(300)).until(() -> !oneMore.isDone() && arrived.get() == 0);
        up.countDown();

        assertThat(oneMore.get(30, TimeUnit.SECONDS).getException()).isNull();
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(arrived).hasValue(1001);
    }

    private Exchange job() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage()
                .setBody(JobMessages.succeeded(JobMessages.job("a", "a", 0, "a", Map.of(), List.of()), Map.of()));
        return exchange;
    }
}
