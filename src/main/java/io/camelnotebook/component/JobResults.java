package io.camelnotebook.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionError;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.FunctionKernel;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelStart;
import io.camelnotebook.run.ChunkOutcome;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobOutputs;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.Reusable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says how a job ended, in the words of {@link JobResult}. */
final class JobResults {

    private static final String HOST = hostName();

    private final JobMessage job;
    private final Instant started;
    private final @Nullable String gitCommit;
    private final @Nullable String notebookSha256;

    JobResults(JobMessage job, Instant started, Optional<String> gitCommit) {
        this.job = job;
        this.started = started;
        this.gitCommit = gitCommit.orElse(null);
        notebookSha256 = Checksum.ofFile(Path.of(job.notebook()));
    }

    /** The notebook was executed, with whatever outcome. */
    JobResult of(ExecutionResult result, @Nullable String cacheKey, Instant ended) {
        return new JobResult(
                job,
                result.outcome().jsonName(),
                started.toString(),
                ended.toString(),
                queueSeconds(),
                seconds(result.start()),
                seconds(result.run()),
                result.error().map(JobResults::failure).orElse(null),
                result.cells().stream().map(JobResults::cell).toList(),
                result.kernelName().map(name -> kernel(name, result)).orElse(null),
                notebookSha256,
                Checksum.ofFile(Path.of(job.output())),
                HOST,
                gitCommit,
                result.results(),
                new JobOutputs(Map.of(), cacheKey, null),
                result.warnings());
    }

    /**
     * A chunk of the job has come back from a kernel.
     *
     * @param ready how long it took until there was a kernel
     * @param end how the kernel's process ended, if it did
     */
    JobResult chunk(
            FunctionKernel.ChunkResult result, String kernel, Duration ready, Optional<KernelExit> end, Instant ended) {
        JsonNode itemError = result.done().path("error");
        boolean failed = itemError.isObject();
        return new JobResult(
                job,
                (failed ? Outcome.FAILED : result.outcome()).jsonName(),
                started.toString(),
                ended.toString(),
                queueSeconds(),
                seconds(ready),
                seconds(result.duration()),
                failed
                        ? itemFailure(result.done())
                        : result.error()
                                .map(error -> failureOfCall(result, error))
                                .orElse(null),
                List.of(),
                new JobResult.KernelRecord(
                        kernel,
                        null,
                        null,
                        null,
                        end.map(KernelExit::description).orElse(null),
                        null,
                        null),
                notebookSha256,
                null,
                HOST,
                gitCommit,
                ChunkOutcome.results(result.done()),
                JobOutputs.NONE,
                List.of());
    }

    /** Of the last item that was done. */
    private JobResult.Failure itemFailure(JsonNode done) {
        JsonNode error = done.path("error");
        long first = Objects.requireNonNull(Objects.requireNonNull(job.map()).chunk())
                .first();
        String item = "item " + (first + done.path("items").asLong() - 1) + ": ";
        List<String> traceback = new ArrayList<>();
        error.path("traceback").forEach(line -> traceback.add(line.asText()));
        return new JobResult.Failure(
                null, error.path("ename").asText(), item + error.path("evalue").asText(), traceback);
    }

    /** A call is no cell of the notebook, and its code is ours. */
    private static JobResult.Failure failureOfCall(FunctionKernel.ChunkResult result, ExecutionError error) {
        List<String> traceback = result.outcome() == Outcome.FAILED ? error.traceback() : List.of();
        return new JobResult.Failure(null, error.name(), error.message(), traceback);
    }

    /** The notebook did not define what a chunk of the job calls. */
    JobResult undefined(ExecutionResult result, Instant ended) {
        JobResult executed = of(result, null, ended);
        return new JobResult(
                job,
                executed.state(),
                executed.started(),
                executed.ended(),
                executed.queueSeconds(),
                executed.startSeconds(),
                executed.runSeconds(),
                executed.error(),
                executed.cells(),
                executed.kernel(),
                notebookSha256,
                null,
                HOST,
                gitCommit,
                Map.of(),
                JobOutputs.NONE,
                executed.warnings());
    }

    /** An earlier job has done the same. */
    JobResult cached(Reusable earlier, Map<String, JobOutputs.Files> files, PreparedNotebook prepared, Instant ended) {
        return new JobResult(
                job,
                JobState.CACHED.jsonName(),
                started.toString(),
                ended.toString(),
                queueSeconds(),
                0,
                0,
                null,
                List.of(),
                null,
                notebookSha256,
                earlier.outputSha256(),
                HOST,
                gitCommit,
                earlier.results(),
                new JobOutputs(files, null, earlier.origin()),
                prepared.warnings());
    }

    /** The job failed before anything of it ran. */
    JobResult impossible(String name, String message, Instant ended) {
        return notRun(JobState.FAILED, new JobResult.Failure(null, name, message, List.of()), ended);
    }

    /** The job was cancelled before it started. */
    JobResult cancelled(Instant ended) {
        return notRun(
                JobState.CANCELLED,
                new JobResult.Failure(null, "Cancelled", "the job was cancelled before it started", List.of()),
                ended);
    }

    private JobResult notRun(JobState state, JobResult.Failure failure, Instant ended) {
        return new JobResult(
                job,
                state.jsonName(),
                started.toString(),
                ended.toString(),
                queueSeconds(),
                0,
                0,
                failure,
                List.of(),
                null,
                notebookSha256,
                null,
                HOST,
                gitCommit,
                Map.of(),
                JobOutputs.NONE,
                List.of());
    }

    private double queueSeconds() {
        return seconds(Duration.between(Instant.parse(job.queued()), started));
    }

    private static JobResult.Failure failure(ExecutionError error) {
        Integer cell = error.cell().isPresent() ? error.cell().getAsInt() : null;
        return new JobResult.Failure(cell, error.name(), error.message(), error.traceback());
    }

    private static JobResult.CellRecord cell(CellResult cell) {
        return new JobResult.CellRecord(cell.status().jsonName(), seconds(cell.duration()));
    }

    private static JobResult.KernelRecord kernel(String name, ExecutionResult result) {
        Optional<KernelInfo> info = result.kernel();
        Optional<KernelExit> exit = result.exit();
        return new JobResult.KernelRecord(
                name,
                info.map(KernelInfo::language).orElse(null),
                info.map(KernelInfo::languageVersion).orElse(null),
                result.kernelStart().map(KernelStart::description).orElse(null),
                exit.map(KernelExit::description).orElse(null),
                exit.map(KernelExit::cpu).map(JobResults::seconds).orElse(null),
                exit.map(KernelExit::peakMemoryBytes).orElse(null));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
