package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.publish.Delivery;
import io.camelnotebook.publish.Destinations;
import io.camelnotebook.publish.NamedDestinations;
import io.camelnotebook.run.JobMessages;
import io.camelnotebook.run.RunState;
import io.camelnotebook.run.RunSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private DeliveryThreads threads = new DeliveryThreads(() -> context, 0, Duration.ZERO);

    /** With the reasons. */
    private final Queue<String> givenUp = new ConcurrentLinkedQueue<>();

    private void start(Processor deliver) throws Exception {
        start(0, 0, deliver);
    }

    private void start(int retries, int delay, Processor deliver) throws Exception {
        threads = new DeliveryThreads(() -> context, retries, Duration.ofMillis(delay));
        AsyncProcessor step = threads.step(result -> List.of(delivery("seda:down", 1)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:deliver").process(deliver);
                from("direct:undelivered")
                        .process(exchange -> givenUp.add(
                                exchange.getMessage().getBody(Delivery.class).eventId() + " "
                                        + exchange.getProperty(ResultSteps.REASON)));
                from("seda:publish").process(step);
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
    void whatComesAfterADeliveryThatIsGivenUpIsGivenUpTooAndNotElsewhere() throws Exception {
        Queue<String> arrived = new ConcurrentLinkedQueue<>();
        start(exchange -> {
            Delivery delivery = exchange.getMessage().getBody(Delivery.class);
            if (delivery.destination().equals("seda:full") && delivery.eventId().equals("r/2/failed")) {
                throw new IOException("no room");
            }
            arrived.add(delivery.destination() + " " + delivery.eventId());
        });

        threads.send(List.of(
                        delivery("seda:full", 1),
                        delivery("seda:full", 2),
                        delivery("seda:full", 3),
                        delivery("seda:full", 4)))
                .get(30, TimeUnit.SECONDS);
        threads.send(List.of(delivery("seda:up", 2), delivery("seda:up", 3))).get(30, TimeUnit.SECONDS);

        assertThat(arrived).containsExactly("seda:full r/1/failed", "seda:up r/2/failed", "seda:up r/3/failed");
        assertThat(givenUp)
                .containsExactly(
                        "r/2/failed no room",
                        "r/3/failed the failure of run r, which goes before it, did not arrive",
                        "r/4/failed the failure of run r, which goes before it, did not arrive");
    }

    @Test
    void whatWaitsForItsNextTryKeepsNothingElseWaiting() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        start(3, 200, exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            String id = exchange.getMessage().getBody(Delivery.class).eventId();
            tries.computeIfAbsent(id, any -> new AtomicInteger()).incrementAndGet();
            now.decrementAndGet();
            throw new IOException("no such host");
        });

        // With a thread for each that waits these would be six minutes.
        CompletableFuture.allOf(IntStream.range(0, 1000)
                        .mapToObj(job -> threads.send(List.of(delivery("seda:down", job))))
                        .toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);

        assertThat(tries)
                .hasSize(1000)
                .allSatisfy((id, count) -> assertThat(count).hasValue(4));
        assertThat(givenUp).hasSize(1000).doesNotHaveDuplicates().allMatch(one -> one.endsWith(" no such host"));
        assertThat(most.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void whatArrivesAtALaterTryGoesBeforeWhatComesAfterIt() throws Exception {
        Queue<String> tried = new ConcurrentLinkedQueue<>();
        start(2, 10, exchange -> {
            String id = exchange.getMessage().getBody(Delivery.class).eventId();
            tried.add(id);
            if (id.equals("r/1/failed") && tried.size() < 3) {
                throw new IOException("not yet");
            }
        });

        threads.send(List.of(delivery("seda:a", 1), delivery("seda:a", 2))).get(30, TimeUnit.SECONDS);

        assertThat(tried).containsExactly("r/1/failed", "r/1/failed", "r/1/failed", "r/2/failed");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void whoStopsTheEngineDoesNotWaitForWhatWaits() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        start(9, 50_000, exchange -> {
            tries.incrementAndGet();
            throw new IOException("no such host");
        });
        for (int i = 0; i < 20; i++) {
            context.createProducerTemplate().send("seda:publish", job());
        }
        await().until(() -> tries.get() == 20);

        assertThat(CompletableFuture.runAsync(context::stop)).succeedsWithin(Duration.ofSeconds(25));

        assertThat(givenUp).hasSize(20).allMatch(one -> one.endsWith(" no such host"));
        assertThat(tries).hasValue(20);
    }

    @Test
    void aDeliveryThatCouldNotBeNotedFailsTheStepAndIsNotSentAgain() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        start(9, 1, exchange -> {
            sent.incrementAndGet();
            exchange.setProperty(ResultSteps.ARRIVED, true);
            throw new IllegalStateException("the ledger is full");
        });
        AsyncProcessor step = threads.step(result -> List.of(delivery("seda:a", 1)));
        Exchange job = job();

        step.process(job);

        assertThat(job.getException()).hasRootCauseMessage("the ledger is full");
        assertThat(sent).hasValue(1);
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
