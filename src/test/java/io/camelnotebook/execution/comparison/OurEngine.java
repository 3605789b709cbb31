package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.NotebookEngine;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.kernel.LocalKernels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Our engine, with two slots. */
final class OurEngine implements NotebookRunner {

    private static final String OUTPUT = "executed.ipynb";
    private static final int SLOTS = 2;

    /** For a notebook that would hang: it is timed out, and the others can be compared. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final LocalKernels kernels;

    OurEngine(LocalKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public Map<String, ExecutedNotebook> run(Path folder) throws IOException {
        Path inputs = folder.resolve("in");
        NotebookSet.copyTo(inputs);
        Map<String, CompletableFuture<JsonNode>> verdicts = new TreeMap<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            NotebookEngine engine = new NotebookEngine(kernels, SLOTS, Long.MAX_VALUE, threads, Clock.systemUTC());
            for (String name : NotebookSet.names()) {
                ExecutionRequest request = request(inputs.resolve(name), output(folder, name));
                verdicts.put(
                        name,
                        engine.submit(0, 0, (cancellation, kernelEnds) -> verdict(engine, request, cancellation)));
            }
            Map<String, ExecutedNotebook> executed = new TreeMap<>();
            Normaliser normaliser = new Normaliser(inputs);
            for (Map.Entry<String, CompletableFuture<JsonNode>> verdict : verdicts.entrySet()) {
                JsonNode ending = verdict.getValue().join();
                JsonNode document = Documents.read(output(folder, verdict.getKey()));
                executed.put(verdict.getKey(), normaliser.normalise(new ExecutedNotebook(ending, document)));
            }
            return executed;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Not in the notebook's own folder, which a notebook may list. */
    private static Path output(Path folder, String name) {
        return folder.resolve("out").resolve(name).resolve(OUTPUT);
    }

    private static ExecutionRequest request(Path folder, Path output) throws IOException {
        JsonNode metadata = Documents.read(folder.resolve(NotebookSet.FILE)).path("metadata");
        JsonNode options = metadata.path("comparison");
        Optional<Duration> cellTimeout = Optional.of(options.path("timeout").asInt())
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        return new ExecutionRequest(
                folder.resolve(NotebookSet.FILE),
                output,
                Map.of(),
                metadata.at("/kernelspec/name").isMissingNode() ? Optional.of("python3") : Optional.empty(),
                folder,
                Map.of(),
                false,
                Duration.ofSeconds(60),
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                new ExecutionOptions(
                        Optional.of(LIMIT),
                        cellTimeout,
                        options.path("allow_errors").asBoolean(),
                        ExecutionOptions.DEFAULT.interruptGrace(),
                        ExecutionOptions.DEFAULT.terminateGrace()));
    }

    private static JsonNode verdict(NotebookEngine engine, ExecutionRequest request, Cancellation cancellation) {
        try {
            ExecutionResult result =
                    engine.executor().execute(engine.executor().prepare(request), ExecutionListener.NONE, cancellation);
            var verdict = ExecutedNotebook.verdict(result.outcome().jsonName());
            if (result.outcome() == Outcome.FAILED) {
                result.error()
                        .ifPresent(error -> verdict.put("ename", error.name()).put("evalue", error.message()));
            }
            return verdict;
        } catch (PreparationException e) {
            return ExecutedNotebook.verdict("broke off")
                    .put("ename", "PreparationException")
                    .put("evalue", e.getMessage());
        }
    }
}
