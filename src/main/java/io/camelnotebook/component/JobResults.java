package io.camelnotebook.component;

import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionError;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelStart;
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
import java.util.List;
import java.util.Map;
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
