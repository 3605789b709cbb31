package io.camelnotebook.component;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.execution.CellResult;
import io.camelnotebook.publish.MetadataRecord;
import io.camelnotebook.publish.RunRecord;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunSummary;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands what happens in the engine to the consumers of events, without waiting for any of them. Nothing is made of it where
 * nobody listens. Thread-safe.
 */
final class NotebookEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<NotebookEventConsumer> consumers = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Clock clock;

    NotebookEvents(Clock clock) {
        this.clock = clock;
    }

    void add(NotebookEventConsumer consumer) {
        consumers.add(consumer);
    }

    void remove(NotebookEventConsumer consumer) {
        consumers.remove(consumer);
    }

    /** How many events consumers had no room for, those included that consume no more. */
    long dropped() {
        return dropped.get();
    }

    /** A consumer had no room for an event. */
    void countDropped() {
        dropped.incrementAndGet();
    }

    /** Whether anybody listens. */
    boolean isHeard() {
        return !consumers.isEmpty();
    }

    private void publish(Supplier<ObjectNode> envelope) {
        if (isHeard()) {
            NotebookEvent event = new NotebookEvent(envelope.get());
            consumers.forEach(consumer -> consumer.accept(event));
        }
    }

    /** A job has a kernel's slot. */
    void jobStarted(JobMessage job) {
        publish(() -> envelope(
                job.run() + "/" + job.job() + "/" + job.attempt() + "/started",
                job.pipeline(),
                "job.started",
                job.job(),
                job.correlation(),
                data(job)));
    }

    /** A cell has ended, or was passed over. The error's message is left out: it may hold a secret. */
    void cellEnded(JobMessage job, int index, CellResult result) {
        publish(() -> {
            ObjectNode data = data(job);
            data.put("cell", index);
            data.put("status", result.status().jsonName());
            data.put("seconds", result.duration().toMillis() / 1000.0);
            result.error().ifPresent(error -> data.put("ename", error.name()));
            return envelope(
                    job.run() + "/" + job.job() + "/" + job.attempt() + "/cell/" + index,
                    job.pipeline(),
                    "cell." + result.status().jsonName(),
                    job.job(),
                    job.correlation(),
                    data);
        });
    }

    /** An attempt of a job has ended: the event is its metadata record. */
    void jobEnded(Supplier<JobResult> result) {
        publish(() -> MetadataRecord.of(result.get()));
    }

    /** Listens to runs, and to the ends of jobs with a map; other jobs and cells are told of by whoever executes them. */
    RunListener runs() {
        return new RunListener() {
            @Override
            public void runStarted(RunSummary run) {
                publish(run, "started");
            }

            @Override
            public void jobEnded(JobResult result) {
                if (result.job().map() != null) {
                    NotebookEvents.this.jobEnded(() -> result);
                }
            }

            @Override
            public void attemptEnded(JobResult result, Duration delay) {
                jobEnded(result);
            }

            @Override
            public void runEnded(RunSummary run) {
                publish(run, run.state().jsonName());
            }
        };
    }

    private void publish(RunSummary run, String what) {
        publish(() -> RunRecord.of(run, what, clock.instant()));
    }

    private static ObjectNode data(JobMessage job) {
        ObjectNode data = JSON.createObjectNode();
        data.put("run", job.run()).put("pipeline", job.pipeline()).put("job", job.job());
        data.put("label", job.label()).put("attempt", job.attempt()).put("notebook", job.notebook());
        return data;
    }

    private ObjectNode envelope(
            String id, String pipeline, String type, String subject, @Nullable String correlation, ObjectNode data) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("specversion", "1.0").put("id", id).put("source", "/camel-notebook/" + pipeline);
        envelope.put("type", "io.camelnotebook." + type).put("subject", subject);
        envelope.put("time", clock.instant().toString()).put("datacontenttype", "application/json");
        MetadataRecord.correlate(envelope, correlation);
        envelope.set("data", data);
        return envelope;
    }
}
