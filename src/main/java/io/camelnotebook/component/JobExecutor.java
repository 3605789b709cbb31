package io.camelnotebook.component;

import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.CellPolicy;
import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.KeptKernels;
import io.camelnotebook.execution.KernelWork;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.pipeline.CellRules;
import io.camelnotebook.publish.EarlierAttempt;
import io.camelnotebook.run.JobCache;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobOutputs;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.Reusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes a job: its message goes in, how it ended comes out, without secrets, whatever happens. Thread-safe. */
final class JobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

    private final NotebookExecutor executor;
    private final EarlierJobs earlierJobs;
    private final JobListener listener;
    private final NotebookEvents events;
    private final ExecutionObserver observer;
    private final Clock clock;
    private final long memory;
    private final ChunkExecutor chunks;
    private final GitCommits commits = new GitCommits();

    /** @param memory how many bytes there are for all kernels together */
    JobExecutor(
            NotebookExecutor executor,
            KeptKernels kept,
            long memory,
            JobCache cache,
            JobListener listener,
            NotebookEvents events,
            ExecutionObserver observer,
            Clock clock) {
        this.executor = executor;
        this.memory = memory;
        this.earlierJobs = new EarlierJobs(cache);
        this.listener = listener;
        this.events = events;
        this.observer = observer;
        this.clock = clock;
        chunks = new ChunkExecutor(executor, kept, clock);
    }

    /** The job as work that needs a kernel. */
    KernelWork<JobResult> work(JobMessage job) {
        return new KernelWork<>() {
            @Override
            public JobResult run(Cancellation cancellation, Runnable kernelEnds) {
                return job.hasChunk()
                        ? chunks.call(job, cancellation).withoutSecrets()
                        : execute(job, cancellation, kernelEnds);
            }

            @Override
            public String owner() {
                return job.map() == null ? "" : ChunkExecutor.owner(job);
            }

            @Override
            public void isNext(BooleanSupplier waits) {
                startKernel(job, waits);
            }
        };
    }

    /** Begins to start the kernel, unless it is clear that the job needs none. */
    private void startKernel(JobMessage job, BooleanSupplier waits) {
        if (job.problem() != null || job.hasChunk()) {
            return;
        }
        try {
            if (earlier(job).isEmpty()) {
                executor.startNext(executor.prepare(request(job)), waits);
            }
        } catch (PreparationException e) {
            LOG.debug("No kernel is started ahead for job {}: {}", job.job(), e.getMessage());
        }
    }

    private JobResult execute(JobMessage job, Cancellation cancellation, Runnable kernelEnds) {
        JobResult result = result(job, cancellation, kernelEnds).withoutSecrets();
        if (result.jobState() == JobState.FAILED && !result.leftNotebook() && job.attempt() == 1) {
            removeEarlier(job);
        }
        observer.ended(
                result.state(),
                Optional.ofNullable(result.kernel()).map(JobResult.KernelRecord::name),
                Duration.between(Instant.parse(result.started()), Instant.parse(result.ended())));
        if (job.map() == null) {
            events.jobEnded(() -> result);
        }
        return result;
    }

    private JobResult result(JobMessage job, Cancellation cancellation, Runnable kernelEnds) {
        JobResults results = new JobResults(job, clock.instant(), commits.of(Path.of(job.notebook())));
        if (cancellation.isRequested()) {
            return results.cancelled(clock.instant());
        }
        try {
            if (job.attempt() > 1) {
                EarlierAttempt.setAside(job);
            }
            // Whoever finds this noted also finds the earlier attempt's files set aside.
            listener.started(job);
            events.jobStarted(job);
            if (job.problem() != null) {
                return results.impossible("Parameters", job.problem(), clock.instant());
            }
            if (job.memoryBytes() != null && job.memoryBytes() > memory) {
                return results.impossible("MemoryLimit", JobShare.excess(job.memoryBytes(), memory), clock.instant());
            }
            return result(job, results, cancellation, kernelEnds);
        } catch (PreparationException e) {
            return results.impossible("NotExecutable", String.valueOf(e.getMessage()), clock.instant());
        } catch (IOException e) {
            return results.impossible(
                    "OutputNotWritten",
                    "the executed notebook cannot be written to " + job.output() + ": " + e,
                    clock.instant());
        }
    }

    private JobResult result(JobMessage job, JobResults results, Cancellation cancellation, Runnable kernelEnds)
            throws PreparationException, IOException {
        boolean leavesFiles = !job.files().outputs().isEmpty();
        OutputFolder folder = new OutputFolder(job.output());
        PreparedNotebook prepared = executor.prepare(request(job));
        Optional<String> key;
        try {
            key = earlierJobs.key(prepared, job);
        } catch (MissingInputException e) {
            return results.impossible("MissingInput", String.valueOf(e.getMessage()), clock.instant());
        }
        Optional<Reusable> earlier = key.flatMap(earlierJobs::find);
        if (earlier.isPresent()) {
            return results.cached(earlier.get(), EarlierJobs.bring(earlier.get(), job), prepared, clock.instant());
        }
        if (leavesFiles) {
            folder.open();
        }
        if (job.attempt() == 1) {
            backUp(Path.of(job.output()));
            EarlierAttempt.removeAll(job);
        }
        int cells = prepared.notebook().cells().size();
        ExecutionResult result = job.map() == null
                ? executor.execute(prepared, listener(job, cells, kernelEnds), cancellation)
                : chunks.define(job, prepared, listener(job, cells, () -> {}), cancellation);
        observer.executed(result);
        JobResult executed = results.of(result, key.orElse(null), clock.instant());
        return leavesFiles ? withFiles(executed, folder) : executed;
    }

    private static JobResult withFiles(JobResult executed, OutputFolder folder) throws IOException {
        JobMessage job = executed.job();
        if (!executed.jobState().isSuccess()) {
            folder.discard();
            return executed;
        }
        try {
            Map<String, JobOutputs.Files> files = folder.collect(job.files().outputs(), Path.of(job.directory()));
            folder.commit();
            return executed.withFiles(files);
        } catch (MissingOutputException e) {
            folder.discard();
            return executed.failed(
                    new JobResult.Failure(null, "MissingOutput", String.valueOf(e.getMessage()), List.of()));
        }
    }

    /**
     * The earlier job that may stand for one.
     *
     * @throws PreparationException if the job cannot be executed at all
     */
    Optional<Reusable> earlier(JobMessage job) throws PreparationException {
        if (!job.files().cache() || job.problem() != null) {
            return Optional.empty();
        }
        try {
            return earlierJobs.key(executor.prepare(request(job)), job).flatMap(earlierJobs::find);
        } catch (IOException | MissingInputException e) {
            // It is for the run to fail with that, not for a preview.
            return Optional.empty();
        }
    }

    private ExecutionListener listener(JobMessage job, int cells, Runnable kernelEnds) {
        return new ExecutionListener() {
            @Override
            public void cellEnded(int index, CellResult result) {
                listener.cellEnded(job, index + 1, cells);
                events.cellEnded(job, index, result);
            }

            @Override
            public void written() {
                kernelEnds.run();
            }
        };
    }

    static ExecutionRequest request(JobMessage job) {
        CellRules rules = job.cells();
        Map<String, String> environment = JobShare.environment(job.environment(), job.memoryBytes(), job.threads());
        if (!job.files().outputs().isEmpty()) {
            environment.put(
                    OutputFolder.VARIABLE,
                    new OutputFolder(job.output()).filled().toString());
        }
        ExecutionOptions options = new ExecutionOptions(
                limit(job.timeoutMillis()),
                limit(job.cellTimeoutMillis()),
                new CellPolicy(
                        rules.allowErrors(), Set.copyOf(rules.allowedErrors()), false, Set.copyOf(rules.skipTags())),
                job.memoryBytes() == null ? OptionalLong.empty() : OptionalLong.of(job.memoryBytes()),
                ExecutionOptions.DEFAULT.interruptGrace(),
                ExecutionOptions.DEFAULT.terminateGrace());
        return new ExecutionRequest(
                Path.of(job.notebook()),
                Path.of(job.output()),
                job.parameters(),
                Optional.ofNullable(job.kernel()),
                Path.of(job.directory()),
                environment,
                job.strictParameters(),
                KernelRequest.DEFAULT_START_TIMEOUT,
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                options);
    }

    private static Optional<Duration> limit(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Duration::ofMillis);
    }

    /** Takes what an earlier run left out of the place where this job, which could not be executed, leaves nothing. */
    private static void removeEarlier(JobMessage job) {
        try {
            backUp(Path.of(job.output()));
            EarlierAttempt.removeAll(job);
        } catch (IOException e) {
            LOG.warn("{} is of an earlier run, as it cannot be renamed: {}", job.output(), e.getMessage());
        }
    }

    /** Keeps the executed notebook of the run before, under its own name. */
    static void backUp(Path output) throws IOException {
        String name = output.getFileName().toString().replaceFirst("\\.ipynb$", "");
        try {
            Files.move(output, output.resolveSibling(name + "_backup.ipynb"), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // There was none, or a run that writes the same notebook at the same time was faster.
        }
    }
}
