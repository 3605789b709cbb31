package io.camelnotebook.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt of a job ended, on its way from whoever executed it.
 *
 * @param state the {@link JobState#jsonName name} of a terminal state
 * @param started when it was taken from the queue: ISO 8601, UTC
 * @param ended when its notebook was written
 * @param queueSeconds how long it waited for a slot
 * @param startSeconds how long its kernel took to start
 * @param runSeconds how long its cells took, from the first to the last
 * @param notebookSha256 of the notebook as it was read
 * @param outputSha256 of the executed notebook; null if none was written
 * @param host the name of the machine
 * @param gitCommit of the notebook's folder, if it is in a git repository
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        JobMessage job,
        String state,
        String started,
        String ended,
        double queueSeconds,
        double startSeconds,
        double runSeconds,
        @Nullable Failure error,
        List<CellRecord> cells,
        @Nullable KernelRecord kernel,
        @Nullable String notebookSha256,
        @Nullable String outputSha256,
        String host,
        @Nullable String gitCommit,
        Map<String, JsonNode> results,
        JobOutputs outputs,
        List<String> warnings) {

    /**
     * What stopped a notebook.
     *
     * @param cell the index of the cell, from 0 and without error markers; null if no cell was at fault
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(@Nullable Integer cell, String ename, String evalue, List<String> traceback) {}

    /** A cell's status and how long it ran. */
    public record CellRecord(String status, double seconds) {}

    /**
     * The kernel, and what its process used.
     *
     * @param name the name of its spec
     * @param start how it was started: {@code fork}, {@code warm}, or {@code fresh}, with the reason after a colon if another
     *     start was asked for
     * @param exit how its process ended
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record KernelRecord(
            String name,
            @Nullable String language,
            @Nullable String languageVersion,
            @Nullable String start,
            @Nullable String exit,
            @Nullable Double cpuSeconds,
            @Nullable Long peakMemoryBytes) {}

    /** The same without the values of the job's secrets, which an error or a result may hold; see {@link Secrets}. */
    public JobResult withoutSecrets() {
        SecretValues secrets = SecretValues.of(job);
        if (secrets.isEmpty()) {
            return this;
        }
        Failure redacted = error == null
                ? null
                : new Failure(
                        error.cell(), error.ename(), secrets.redact(error.evalue()), secrets.redact(error.traceback()));
        return new JobResult(
                job,
                state,
                started,
                ended,
                queueSeconds,
                startSeconds,
                runSeconds,
                redacted,
                cells,
                kernel,
                notebookSha256,
                outputSha256,
                host,
                gitCommit,
                secrets.redact(results),
                outputs,
                secrets.redact(warnings));
    }

    /** The same with another message of the same job. */
    JobResult withJob(JobMessage other) {
        return new JobResult(
                other,
                state,
                started,
                ended,
                queueSeconds,
                startSeconds,
                runSeconds,
                error,
                cells,
                kernel,
                notebookSha256,
                outputSha256,
                host,
                gitCommit,
                results,
                outputs,
                warnings);
    }

    /** The same with files that the job left. */
    public JobResult withFiles(Map<String, JobOutputs.Files> files) {
        JobOutputs left = new JobOutputs(files, outputs.cacheKey(), outputs.cachedFrom());
        return new JobResult(
                job,
                state,
                started,
                ended,
                queueSeconds,
                startSeconds,
                runSeconds,
                error,
                cells,
                kernel,
                notebookSha256,
                outputSha256,
                host,
                gitCommit,
                results,
                left,
                warnings);
    }

    /** The same as a failure, although the notebook ran to its end. */
    public JobResult failed(Failure failure) {
        return new JobResult(
                job,
                JobState.FAILED.jsonName(),
                started,
                ended,
                queueSeconds,
                startSeconds,
                runSeconds,
                failure,
                cells,
                kernel,
                notebookSha256,
                outputSha256,
                host,
                gitCommit,
                results,
                JobOutputs.NONE,
                warnings);
    }

    /** Why it did not succeed, in a line for people: job, cell, error, and the notebook that shows it. */
    public Optional<String> problem() {
        if (jobState().isSuccess()) {
            return Optional.empty();
        }
        String text = "job '" + job.job() + "' " + state.replace('_', ' ');
        if (error != null) {
            String cell = error.cell() == null ? "" : " in cell " + (error.cell() + 1);
            String message =
                    error.evalue().lines().findFirst().map(line -> ": " + line).orElse("");
            text += cell + ": " + error.ename() + message;
        }
        return Optional.of(outputSha256 == null ? text : text + "; see " + job.output());
    }

    /** Whether it ended because its kernel did not start. */
    boolean isKernelStart() {
        return error != null && error.ename().equals("KernelStart");
    }

    /** The state it ended in. */
    public JobState jobState() {
        return JobState.of(state);
    }

    /** Whether there is an executed notebook of it; without one, a file in that place is of an earlier run. */
    public boolean leftNotebook() {
        return outputSha256 != null;
    }
}
