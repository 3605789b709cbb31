package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camelnotebook.pipeline.CellRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as they go round, with what a test is about filled in. */
public final class JobMessages {

    public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JobMessages() {}

    /** The first job of a template of run {@code r}. */
    public static JobMessage job(String template) {
        return job(template, template, 0, template, Map.of(), List.of());
    }

    /** A job of run {@code r}. */
    public static JobMessage job(
            String id,
            String template,
            int index,
            String label,
            Map<String, JsonNode> parameters,
            List<String> publish) {
        return new JobMessage(
                "r",
                "churn",
                id,
                template,
                index,
                1,
                label,
                "2026-03-14T09:26:53Z",
                "notebooks/n.ipynb",
                parameters,
                null,
                "/work",
                Map.of(),
                null,
                null,
                CellRules.DEFAULT,
                null,
                null,
                false,
                0,
                "outputs/n/" + label + "/n_" + label + ".ipynb",
                publish,
                JobFiles.NONE,
                null,
                null,
                null);
    }

    /** The job in another outputs folder. */
    public static JobMessage withOutput(JobMessage job, String output) {
        return new JobMessage(
                job.run(),
                job.pipeline(),
                job.job(),
                job.template(),
                job.index(),
                job.attempt(),
                job.label(),
                job.queued(),
                job.notebook(),
                job.parameters(),
                job.kernel(),
                job.directory(),
                job.environment(),
                job.timeoutMillis(),
                job.cellTimeoutMillis(),
                job.cells(),
                job.memoryBytes(),
                job.threads(),
                job.strictParameters(),
                job.priority(),
                output,
                job.publish(),
                job.files(),
                job.map(),
                job.problem(),
                null);
    }

    /** The job in another run. */
    static JobMessage withRun(JobMessage job, String run) {
        return new JobMessage(
                run,
                job.pipeline(),
                job.job(),
                job.template(),
                job.index(),
                job.attempt(),
                job.label(),
                job.queued(),
                job.notebook(),
                job.parameters(),
                job.kernel(),
                job.directory(),
                job.environment(),
                job.timeoutMillis(),
                job.cellTimeoutMillis(),
                job.cells(),
                job.memoryBytes(),
                job.threads(),
                job.strictParameters(),
                job.priority(),
                job.output(),
                job.publish(),
                job.files(),
                job.map(),
                job.problem(),
                null);
    }

    /** A later attempt of the job. */
    public static JobMessage withAttempt(JobMessage job, int attempt) {
        return new JobMessage(
                job.run(),
                job.pipeline(),
                job.job(),
                job.template(),
                job.index(),
                attempt,
                job.label(),
                job.queued(),
                job.notebook(),
                job.parameters(),
                job.kernel(),
                job.directory(),
                job.environment(),
                job.timeoutMillis(),
                job.cellTimeoutMillis(),
                job.cells(),
                job.memoryBytes(),
                job.threads(),
                job.strictParameters(),
                job.priority(),
                job.output(),
                job.publish(),
                job.files(),
                job.map(),
                job.problem(),
                null);
    }

    /** A result without an error. */
    public static JobResult succeeded(JobMessage job, Map<String, JsonNode> results) {
        return result(job, JobState.SUCCEEDED, null, results);
    }

    /** A result: 0.25 s of queue, 0.5 s of kernel start, 2 s of cells. */
    public static JobResult result(
            JobMessage job, JobState state, JobResult.@Nullable Failure error, Map<String, JsonNode> results) {
        return new JobResult(
                job,
                state.jsonName(),
                "2026-03-14T09:26:54Z",
                "2026-03-14T09:26:57Z",
                0.25,
                0.5,
                2.0,
                error,
                List.of(new JobResult.CellRecord("completed", 2.0)),
                new JobResult.KernelRecord("python3", "python", "3.12.3", "fresh", "exit status 0", 1.5, 1_000_000L),
                "11aa",
                "22bb",
                "host",
                "c0ffee",
                results,
                JobOutputs.NONE,
                List.of());
    }

    /** The result with what the job left. */
    static JobResult withOutputs(JobResult result, JobOutputs outputs) {
        return new JobResult(
                result.job(),
                result.state(),
                result.started(),
                result.ended(),
                result.queueSeconds(),
                result.startSeconds(),
                result.runSeconds(),
                result.error(),
                result.cells(),
                result.kernel(),
                result.notebookSha256(),
                result.outputSha256(),
                result.host(),
                result.gitCommit(),
                result.results(),
                outputs,
                result.warnings());
    }

    /** The result of a job that ended before it was executed. */
    public static JobResult withoutNotebook(JobResult result) {
        return new JobResult(
                result.job(),
                result.state(),
                result.started(),
                result.ended(),
                result.queueSeconds(),
                0,
                0,
                result.error(),
                List.of(),
                null,
                result.notebookSha256(),
                null,
                result.host(),
                result.gitCommit(),
                result.results(),
                result.outputs(),
                result.warnings());
    }

    /** The result with another kernel, or none. */
    static JobResult withKernel(JobResult result, JobResult.@Nullable KernelRecord kernel) {
        return new JobResult(
                result.job(),
                result.state(),
                result.started(),
                result.ended(),
                result.queueSeconds(),
                result.startSeconds(),
                result.runSeconds(),
                result.error(),
                result.cells(),
                kernel,
                result.notebookSha256(),
                result.outputSha256(),
                result.host(),
                result.gitCommit(),
                result.results(),
                result.outputs(),
                result.warnings());
    }
}
