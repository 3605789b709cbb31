package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs with a map, with random sizes, failures, interleavings and crashes, but without kernels: each item has its result once, and
 * in order, whatever happens on the way. {@code -Dproperty.seeds=2000} tries more than every build, and {@code
 * -Dproperty.first=2000} others; a failure names its seed.
 */
class MapRunsPropertyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RETRIES = 2;

    private final Path folder;
    private final Ledger ledger;
    private final List<JobMessage> queue = new ArrayList<>();
    private final List<Retry> delayed = new ArrayList<>();
    private final Set<Long> done = new HashSet<>();

    MapRunsPropertyTest(@TempDir Path folder) {
        this.folder = folder;
        ledger = Ledger.open(folder.resolve("runs.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    static Stream<Integer> seeds() {
        int first = Integer.getInteger("property.first", 0);
        return Stream.iterate(first, seed -> seed + 1).limit(Integer.getInteger("property.seeds", 40));
    }

    private Runs engine() {
        return new Runs(ledger, folder.resolve("outputs"), folder, 64, 3, RETRIES, RunListener.NONE, Clock.systemUTC());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachItemHasItsResultOnceAndInOrder(int seed) throws IOException {
        Random random = new Random(seed);
        int items = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(120);
        boolean ordered = random.nextBoolean();
        String over = random.nextBoolean() ? "{range: [0, " + items + "]}" : "{file: \"" + file(items, random) + "\"}";
        String chunk = random.nextBoolean() ? "auto" : Integer.toString(1 + random.nextInt(20));
        Pipeline pipeline = new PipelineFolder(folder)
                .read("jobs: {a: {notebook: n.ipynb, map: {function: f, over: " + over + ", chunk: " + chunk
                        + ", ordered: " + ordered + "}}}");
        Runs runs = engine();
        String run = runs.start(pipeline, RunOrigin.UNKNOWN);
        CompletableFuture<RunSummary> end = runs.end(run);
        while (!end.isDone()) {
            if (random.nextInt(40) == 0) {
                crash(random);
                runs = engine();
                runs.resume(run, pipeline, Redo.INTERRUPTED);
                end = runs.end(run);
            }
            step(runs, run, random);
        }

        assertThat(end.join().isFlawless()).isTrue();
        List<JsonNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(results())) {
            results.add(JSON.readTree(line));
        }
        if (!ordered) {
            results.sort(Comparator.comparingLong(line -> line.path("index").asLong()));
        }
        assertThat(results).hasSize(items);
        for (int i = 0; i < items; i++) {
            JsonNode result = results.get(i);
            assertThat(result.path("index").asInt()).isEqualTo(i);
            assertThat(result.has("error")).isEqualTo(isDeadly(i));
            assertThat(result.path("value").asInt(i)).isEqualTo(i);
        }
        Ledger.Entry job = ledger.jobs(run).get(0);
        assertThat(job.results().get("items")).hasToString(Integer.toString(items));
        assertThat(job.results().get("failed"))
                .hasToString(Long.toString(Stream.iterate(0, i -> i + 1)
                        .limit(items)
                        .filter(MapRunsPropertyTest::isDeadly)
                        .count()));
    }

    private Path results() {
        return folder.resolve("outputs/n/a/n_a_results.jsonl");
    }

    private String file(int items, Random random) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items; i++) {
            lines.append(" ".repeat(random.nextInt(2))).append(i).append(random.nextInt(5) == 0 ? "\n \n" : "\n");
        }
        return Files.writeString(folder.resolve("items.jsonl"), lines)
                .getFileName()
                .toString();
    }

    /** What no kernel survives. */
    private static boolean isDeadly(long item) {
        return item % 31 == 7;
    }

    /** What was on its way is lost, and the last write may be in the file and not in the ledger. */
    private void crash(Random random) throws IOException {
        queue.clear();
        delayed.clear();
        if (Files.exists(results()) && random.nextBoolean()) {
            Files.writeString(results(), "{\"index\": 9", StandardOpenOption.APPEND);
        }
    }

    private void step(Runs runs, String run, Random random) throws IOException {
        queue.addAll(runs.next(run));
        assertThat(queue).hasSizeLessThanOrEqualTo(3);
        if (!delayed.isEmpty() && (queue.isEmpty() || random.nextBoolean())) {
            assertThat(runs.due(delayed.remove(random.nextInt(delayed.size())))).isTrue();
        } else if (!queue.isEmpty()) {
            JobMessage job = queue.remove(random.nextInt(queue.size()));
            if (!job.hasChunk()) {
                runs.started(job);
            }
            JobResult result = job.hasChunk() ? call(job, random) : JobMessages.succeeded(job, Map.of());
            Ended ended = runs.ended(result);
            if (result.jobState().isSuccess() && job.hasChunk()) {
                done.addAll(items(job).subList(0, ChunkOutcome.of(result).items()));
                // A queue may deliver what it has delivered before.
                assertThat(runs.ended(result)).isEqualTo(Ended.GOES_ON);
            }
            ended.retry().ifPresent(delayed::add);
            ended.over().ifPresent(over -> runs.settled(over.job()));
        }
    }

    private JobResult call(JobMessage job, Random random) throws IOException {
        MapCall.Chunk chunk =
                Objects.requireNonNull(Objects.requireNonNull(job.map()).chunk());
        List<Long> items = items(job);
        assertThat(items).hasSize(chunk.items()).first().isEqualTo(chunk.first());
        assertThat(items).noneMatch(done::contains);
        boolean mayFail = chunk.attempt() <= RETRIES;
        if (mayFail && random.nextInt(12) == 0) {
            JobResult.Failure failure = new JobResult.Failure(null, "KernelStart", "it did not start", List.of());
            return JobMessages.result(job, JobState.FAILED, failure, Map.of());
        }
        if (items.stream().anyMatch(MapRunsPropertyTest::isDeadly)
                || ((mayFail || items.size() > 1) && random.nextInt(12) == 0)) {
            JobResult.Failure failure = new JobResult.Failure(null, "DeadKernel", "killed", List.of());
            JobResult died = JobMessages.result(
                    job, JobState.KERNEL_DIED, failure, ChunkOutcome.results(JSON.createObjectNode()));
            return JobMessages.withKernel(
                    died, new JobResult.KernelRecord("python3", null, null, null, "killed by signal 9", null, null));
        }
        int some = chunk.limitMillis() == null ? items.size() : 1 + random.nextInt(items.size());
        StringBuilder lines = new StringBuilder();
        items.subList(0, some).forEach(item -> lines.append("{\"index\": " + item + ", \"value\": " + item + "}\n"));
        Files.writeString(Path.of(chunk.results()), lines);
        ObjectNode told = JSON.createObjectNode();
        told.put("items", some).put("failed", 0).put("seconds", random.nextDouble());
        told.put("next", next(chunk, some));
        return JobMessages.succeeded(job, ChunkOutcome.results(told));
    }

    /** Where the item after the first ones begins. */
    private static long next(MapCall.Chunk chunk, int some) throws IOException {
        MapCall.Lines lines = chunk.lines();
        if (lines == null) {
            return chunk.first() + some;
        }
        try (ItemLines source = new ItemLines(Path.of(lines.file()), chunk.first(), lines.from())) {
            return source.next(some).orElseThrow().to();
        }
    }

    private static List<Long> items(JobMessage job) throws IOException {
        MapCall.Chunk chunk =
                Objects.requireNonNull(Objects.requireNonNull(job.map()).chunk());
        MapCall.Lines lines = chunk.lines();
        if (lines == null) {
            return Stream.iterate(
                            Long.parseLong(Objects.requireNonNull(chunk.range()).start()), item -> item + 1)
                    .limit(chunk.items())
                    .toList();
        }
        byte[] all = Files.readAllBytes(Path.of(lines.file()));
        String text = new String(all, (int) lines.from(), (int) (lines.to() - lines.from()), StandardCharsets.UTF_8);
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
