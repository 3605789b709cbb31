package io.camelnotebook.component;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.CellPolicy;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.FunctionKernel;
import io.camelnotebook.execution.KeptKernels;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.NotebookOutput;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.MapCall;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Executes jobs with a map: first their notebook, which defines what is called, and then one chunk of items after the other, on
 * kernels that are kept in between. Thread-safe.
 */
final class ChunkExecutor {

    /** What a kernel may take for a chunk beside the time of its items. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final ExecutionOptions DEFAULT = ExecutionOptions.DEFAULT;

    private final NotebookExecutor executor;
    private final KeptKernels kept;
    private final Clock clock;

    ChunkExecutor(NotebookExecutor executor, KeptKernels kept, Clock clock) {
        this.executor = executor;
        this.kept = kept;
        this.clock = clock;
    }

    /** Whose kernels those of a job are: another attempt has others. */
    static String owner(JobMessage job) {
        return job.run() + "/" + job.job() + "/" + job.attempt();
    }

    /** Executes the notebook of a job, and keeps the kernel. */
    ExecutionResult define(
            JobMessage job, PreparedNotebook prepared, ExecutionListener listener, Cancellation cancellation) {
        kept.beforeStart();
        FunctionKernel.Start start =
                executor.startFunctions(prepared, NotebookOutput.file(Path.of(job.output())), listener, cancellation);
        start.kernel().ifPresent(kernel -> keep(job, kernel));
        return start.result();
    }

    /** Calls the function of a job for the items of a chunk. */
    JobResult call(JobMessage job, Cancellation cancellation) {
        JobResults results = new JobResults(job, clock.instant(), Optional.empty());
        if (cancellation.isRequested()) {
            return results.cancelled(clock.instant());
        }
        if (job.problem() != null) {
            return results.impossible("Items", job.problem(), clock.instant());
        }
        try {
            return call(job, results, cancellation);
        } catch (PreparationException e) {
            return results.impossible("NotExecutable", String.valueOf(e.getMessage()), clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return results.cancelled(clock.instant());
        }
    }

    private JobResult call(JobMessage job, JobResults results, Cancellation cancellation)
            throws PreparationException, InterruptedException {
        long start = System.nanoTime();
        Optional<FunctionKernel> waiting = kept.take(owner(job));
        if (waiting.isEmpty()) {
            kept.beforeStart();
            // Only the first kernel's definitions are the executed notebook.
            FunctionKernel.Start started = executor.startFunctions(
                    executor.prepare(JobExecutor.request(job)), notebook -> {}, ExecutionListener.NONE, cancellation);
            if (started.kernel().isEmpty()) {
                return results.undefined(started.result(), clock.instant());
            }
            waiting = started.kernel();
        }
        FunctionKernel kernel = waiting.orElseThrow();
        Duration ready = Duration.ofNanos(System.nanoTime() - start);
        FunctionKernel.ChunkResult result;
        try {
            result = kernel.call(request(job), options(job), cancellation);
        } catch (InterruptedException e) {
            kernel.close();
            throw e;
        }
        Optional<KernelExit> end = Optional.empty();
        if (result.leavesKernelUsable()) {
            keep(job, kernel);
        } else {
            end = kernel.end();
        }
        return results.chunk(result, kernel.name(), ready, end, clock.instant());
    }

    private void keep(JobMessage job, FunctionKernel kernel) {
        kept.keep(owner(job), job.memoryBytes() == null ? 0 : job.memoryBytes(), kernel);
    }

    /** What camel_notebook_map is to do. */
    private static ObjectNode request(JobMessage job) {
        MapCall call = Objects.requireNonNull(job.map());
        MapCall.Chunk chunk = Objects.requireNonNull(call.chunk());
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("function", call.function()).put("unpack", call.unpack()).put("stop", call.stop());
        request.put("first", chunk.first());
        request.put("results", Path.of(chunk.results()).toAbsolutePath().toString());
        if (chunk.lines() != null) {
            request.putObject("lines")
                    .put("file", Path.of(chunk.lines().file()).toAbsolutePath().toString())
                    .put("from", chunk.lines().from())
                    .put("to", chunk.lines().to());
        } else if (chunk.range() != null) {
            request.putObject("range")
                    .put("start", chunk.range().start())
                    .put("step", chunk.range().step())
                    .put("items", chunk.range().items())
                    .put("whole", chunk.range().whole());
        }
        request.put("seconds", chunk.limitMillis() == null ? null : chunk.limitMillis() / 1000.0);
        request.put("item_seconds", job.cellTimeoutMillis() == null ? null : job.cellTimeoutMillis() / 1000.0);
        return request;
    }

    /** An item's own limit is for the kernel to keep; one that does not let it is ended with its chunk. */
    private static ExecutionOptions options(JobMessage job) {
        MapCall.Chunk chunk =
                Objects.requireNonNull(Objects.requireNonNull(job.map()).chunk());
        Optional<Duration> timeout = Optional.ofNullable(job.timeoutMillis()).map(Duration::ofMillis);
        Optional<Duration> items = Optional.ofNullable(job.cellTimeoutMillis())
                .map(Duration::ofMillis)
                .map(each -> chunk.limitMillis() == null
                        ? each.multipliedBy(chunk.items())
                        : each.plusMillis(chunk.limitMillis()))
                .map(MARGIN::plus);
        return new ExecutionOptions(
                timeout,
                items,
                CellPolicy.DEFAULT,
                OptionalLong.empty(),
                DEFAULT.interruptGrace(),
                DEFAULT.terminateGrace());
    }
}
