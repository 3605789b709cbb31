package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelnotebook.pipeline.RetryPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A job with a map whose notebook has run: its chunks are on their way, until all items are done or something stops it. What
 * ends is in the ledger when a method returns. Thread-safe.
 */
final class MapJob {

    /** A chunk that cannot be made goes its way all the same, to fail with the reason. */
    private static final int NO_CHUNK = 0;

    private final JobResult definitions;
    private final MapCall call;
    private final OpenMap map;
    private final RetryRule rule;
    private final RetryPolicy policy;
    private final int most;
    private final Clock clock;
    private long failed;
    private double seconds;
    private @Nullable JobState stopped;
    private JobResult.@Nullable Failure why;
    private boolean failsToMake;
    private boolean isOver;

    /**
     * A map that begins, or goes on.
     *
     * @param definitions how its notebook ran
     * @param most how many chunks may be on their way at once
     */
    MapJob(JobResult definitions, OpenMap map, RetryRule rule, RetryPolicy policy, int most, Clock clock) {
        this.definitions = definitions;
        this.call = Objects.requireNonNull(definitions.job().map());
        this.map = map;
        this.rule = rule;
        this.policy = policy;
        this.most = most;
        this.clock = clock;
        failed = map.earlier().failed();
        seconds = map.earlier().seconds();
    }

    JobMessage job() {
        return definitions.job();
    }

    /** Takes the chunk that is next; empty if there is none now. */
    synchronized Optional<JobMessage> take() {
        if (isOver || stopped != null || failsToMake || map.progress().inFlight() >= most) {
            return Optional.empty();
        }
        try {
            return map.progress().take().map(chunk -> message(map.chunk(chunk), null));
        } catch (IOException e) {
            failsToMake = true;
            return Optional.of(message(
                    new MapCall.Chunk(NO_CHUNK, 1, 0, 0, null, null, "", null), "the items cannot be read: " + e));
        }
    }

    private JobMessage message(MapCall.Chunk chunk, @Nullable String problem) {
        return job().withChunk(call.with(chunk), clock.instant().toString(), problem);
    }

    /** A chunk has come back. Gives its next attempt, if there is to be one. */
    synchronized Optional<Retry> ended(JobResult result) {
        if (chunk(result).number() == NO_CHUNK) {
            failsToMake = false;
            stop(result);
            return Optional.empty();
        }
        MapProgress.Chunk chunk =
                map.progress().inFlight(chunk(result).number()).orElseThrow();
        try {
            return ended(chunk, ChunkOutcome.of(result), result);
        } catch (IOException e) {
            map.progress()
                    .inFlight(chunk.number())
                    .ifPresent(open -> map.progress().dropped(open.number()));
            stop(JobState.FAILED, new JobResult.Failure(null, "MapFiles", "the files of the map: " + e, List.of()));
            return Optional.empty();
        }
    }

    private Optional<Retry> ended(MapProgress.Chunk chunk, ChunkOutcome outcome, JobResult result) throws IOException {
        boolean broke = result.jobState() == JobState.KERNEL_DIED || result.jobState() == JobState.TIMED_OUT;
        if (result.jobState().isSuccess()) {
            done(chunk, outcome);
            return Optional.empty();
        }
        if (stopped != null || result.jobState() == JobState.CANCELLED) {
            map.progress().dropped(chunk.number());
            stop(result);
            return Optional.empty();
        }
        if (broke && outcome.called() && chunk.slice().items() > 1) {
            // To run the halves is to run the chunk again.
            map.progress().halve(chunk.number());
            return Optional.empty();
        }
        if (rule.hasAnother(policy, chunk.attempt(), result)) {
            map.progress().failed(chunk.number());
            JobMessage job = job();
            return Optional.of(new Retry(
                    job.run(),
                    job.template(),
                    job.index(),
                    job.attempt(),
                    chunk.number(),
                    policy.delayAfter(chunk.attempt())));
        }
        if (broke && outcome.called() && !call.stop() && result.error() != null) {
            map.results().write(chunk.number(), ItemError.line(chunk.slice().first(), result.error()));
            done(
                    chunk,
                    new ChunkOutcome(
                            true, 1, 1, result.runSeconds(), chunk.slice().to()));
            return Optional.empty();
        }
        map.progress().dropped(chunk.number());
        stop(result);
        return Optional.empty();
    }

    private void done(MapProgress.Chunk chunk, ChunkOutcome outcome) throws IOException {
        map.done(chunk, outcome);
        failed += outcome.failed();
        seconds += outcome.seconds();
    }

    private void stop(JobResult result) {
        stop(result.jobState(), result.error());
    }

    private void stop(JobState state, JobResult.@Nullable Failure failure) {
        if (stopped == null) {
            stopped = state;
            why = failure;
        }
    }

    /** No more chunks are to be done, as somebody cancelled the run. */
    synchronized void cancel() {
        if (!isComplete()) {
            stop(JobState.CANCELLED, new JobResult.Failure(null, "Cancelled", "the job was cancelled", List.of()));
        }
    }

    /** Lets go of its files, as nobody will take or end a chunk any more. */
    synchronized void abandon() {
        isOver = true;
        map.close(false);
    }

    /** Whether a chunk that failed may be tried again now. */
    synchronized boolean due(int chunk) {
        return stopped == null && map.progress().due(chunk);
    }

    /** How the job has ended; once, when it has. */
    synchronized Optional<JobResult> over() {
        if (isOver
                || failsToMake
                || (stopped == null ? !isComplete() : map.progress().inFlight() > 0)) {
            return Optional.empty();
        }
        isOver = true;
        map.close(stopped == null);
        return Optional.of(result());
    }

    private boolean isComplete() {
        try {
            return map.progress().isOver();
        } catch (IOException e) {
            // Whoever takes the next chunk will say so.
            return false;
        }
    }

    private JobResult result() {
        Instant now = clock.instant();
        Duration time = Duration.between(Instant.parse(definitions.started()), now);
        List<String> warnings = new ArrayList<>(definitions.warnings());
        if (failed > 0) {
            warnings.add(
                    failed + " of " + done() + " items failed; " + map.results().file() + " has their errors");
        }
        return new JobResult(
                job(),
                (stopped == null ? JobState.SUCCEEDED : stopped).jsonName(),
                definitions.started(),
                now.toString(),
                definitions.queueSeconds(),
                definitions.startSeconds(),
                Math.max(0, time.minus(startTime()).toMillis()) / 1000.0,
                why,
                definitions.cells(),
                definitions.kernel(),
                definitions.notebookSha256(),
                definitions.outputSha256(),
                definitions.host(),
                definitions.gitCommit(),
                results(),
                definitions.outputs(),
                warnings);
    }

    private Duration startTime() {
        return Duration.ofMillis(Math.round(definitions.startSeconds() * 1000));
    }

    private Map<String, JsonNode> results() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Map<String, JsonNode> results = new LinkedHashMap<>(definitions.results());
        results.put("items", json.numberNode(done()));
        results.put("failed", json.numberNode(failed));
        results.put("seconds", json.numberNode(Math.round(seconds * 1e6) / 1e6));
        results.put("file", json.textNode(map.results().file().toString()));
        return results;
    }

    /** How many items have been done. */
    synchronized long done() {
        return map.progress().done();
    }

    /** How many items there are, as soon as that is known. */
    synchronized OptionalLong size() {
        return map.source().size();
    }

    private static MapCall.Chunk chunk(JobResult result) {
        return Objects.requireNonNull(Objects.requireNonNull(result.job().map()).chunk());
    }
}
