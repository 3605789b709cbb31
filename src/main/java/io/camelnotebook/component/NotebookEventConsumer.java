package io.camelnotebook.component;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what happens in the engine into a route, one event after the other, on a thread of its own. Events wait in a queue;
 * one that finds it full is dropped and counted, so that a slow route never slows a notebook. Events of cells leave half of
 * the queue to those of jobs and runs.
 */
final class NotebookEventConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(NotebookEventConsumer.class);

    private final NotebookEndpoint endpoint;
    private final List<String> types;
    private final int queueSize;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean hasDropped = new AtomicBoolean();
    private volatile @Nullable ExecutorService thread;

    NotebookEventConsumer(NotebookEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        types = endpoint.getConfiguration().typePatterns();
        queueSize = endpoint.getConfiguration().getQueueSize();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        thread = endpoint.getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "NotebookEvents");
        endpoint.getComponent().events().add(this);
    }

    /** Takes no more events; those that wait are still sent, as long as Camel waits for its threads. */
    @Override
    protected void doStop() throws Exception {
        endpoint.getComponent().events().remove(this);
        ExecutorService started = thread;
        if (started != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(started);
        }
        super.doStop();
    }

    /** Queues an event if it is one of those wanted. Returns at once, and throws nothing. */
    void accept(NotebookEvent event) {
        ExecutorService started = thread;
        if (started == null || !event.matches(types)) {
            return;
        }
        if (waiting.incrementAndGet() > (event.isOfCell() ? (queueSize + 1) / 2 : queueSize)) {
            waiting.decrementAndGet();
            drop();
            return;
        }
        try {
            started.execute(() -> send(event));
        } catch (RejectedExecutionException e) {
            LOG.debug("The consumer stops, and does not send {}", event.text("id"));
        }
    }

    private void drop() {
        endpoint.getComponent().events().countDropped();
        if (!hasDropped.getAndSet(true)) {
            LOG.warn(
                    "The route from {} is too slow for its events, and its queue of {} is full: events are dropped from"
                            + " now on, and counted. Filter them with types=, raise queueSize=, or end the route in a seda:"
                            + " endpoint",
                    endpoint,
                    queueSize);
        }
    }

    private void send(NotebookEvent event) {
        waiting.decrementAndGet();
        Exchange exchange = createExchange(false);
        try {
            describe(event, exchange.getMessage());
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler()
                    .handleException("The event could not be processed", exchange, exchange.getException());
        }
        releaseExchange(exchange, false);
    }

    private static void describe(NotebookEvent event, Message message) {
        message.setBody(event.envelope().toString());
        message.setHeader(Exchange.CONTENT_TYPE, "application/cloudevents+json");
        message.setHeader(NotebookConstants.EVENT_ID, event.text("id"));
        message.setHeader(NotebookConstants.EVENT_TYPE, event.text("type"));
        message.setHeader(NotebookConstants.RUN, event.data("run"));
        String correlation = event.text("correlationid");
        if (!correlation.isEmpty()) {
            message.setHeader(NotebookConstants.CORRELATION_ID, correlation);
        }
        message.setHeader(NotebookConstants.STATUS, event.data("status"));
        message.setHeader(NotebookConstants.JOB, event.data("job"));
    }
}
