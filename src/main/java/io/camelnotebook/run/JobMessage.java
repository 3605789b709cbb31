package io.camelnotebook.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.CellRules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way to whoever executes it: all that is needed, as small JSON.
 *
 * @param run the id of the run
 * @param pipeline the name of the pipeline
 * @param job the id of the job within the run, such as {@code train[ridge-3]}
 * @param template the name under {@code jobs} that it came from
 * @param index its place among the jobs of the template, from 0
 * @param attempt which try this is, from 1
 * @param label what tells it from the other jobs of its notebook
 * @param queued when it went to the queue: ISO 8601, UTC
 * @param notebook the path of the notebook
 * @param parameters the values to inject
 * @param kernel the name of the kernel; the notebook's own if null
 * @param directory the kernel's working directory
 * @param environment variables for the kernel
 * @param timeoutMillis for the whole notebook
 * @param cellTimeoutMillis for each cell
 * @param cells which are passed over, and which errors do not fail the job
 * @param memoryBytes the most memory that its kernel and that one's child processes may have together
 * @param threads how many threads its kernel should compute with
 * @param priority higher ones first
 * @param output the path of the executed notebook
 * @param publish the URIs of the destinations
 * @param files what it reads and leaves beside that, and whether an earlier job may stand for it
 * @param map what it calls for each of many items; null if it is its notebook as a whole
 * @param problem why it cannot be executed although it is its turn, such as a result that an earlier job did not
 *     record; it fails with this message then
 * @param correlation the id by which whoever sent the config knows its run; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobMessage(
        String run,
        String pipeline,
        String job,
        String template,
        int index,
        int attempt,
        String label,
        String queued,
        String notebook,
        Map<String, JsonNode> parameters,
        @Nullable String kernel,
        String directory,
        Map<String, String> environment,
        @Nullable Long timeoutMillis,
        @Nullable Long cellTimeoutMillis,
        CellRules cells,
        @Nullable Long memoryBytes,
        @Nullable Integer threads,
        boolean strictParameters,
        int priority,
        String output,
        List<String> publish,
        JobFiles files,
        @Nullable MapCall map,
        @Nullable String problem,
        @Nullable String correlation) {

    /** The same with other values, environment and destinations. */
    JobMessage with(
            Map<String, JsonNode> otherParameters, Map<String, String> otherEnvironment, List<String> destinations) {
        return new JobMessage(
                run,
                pipeline,
                job,
                template,
                index,
                attempt,
                label,
                queued,
                notebook,
                otherParameters,
                kernel,
                directory,
                otherEnvironment,
                timeoutMillis,
                cellTimeoutMillis,
                cells,
                memoryBytes,
                threads,
                strictParameters,
                priority,
                output,
                destinations,
                files,
                map,
                problem,
                correlation);
    }

    /**
     * The same for some of the job's items.
     *
     * @param call what is called for which of them
     * @param now when it goes to the queue
     * @param why they cannot be had; null if they can
     */
    JobMessage withChunk(MapCall call, String now, @Nullable String why) {
        return new JobMessage(
                run,
                pipeline,
                job,
                template,
                index,
                attempt,
                label,
                now,
                notebook,
                parameters,
                kernel,
                directory,
                environment,
                timeoutMillis,
                cellTimeoutMillis,
                cells,
                memoryBytes,
                threads,
                strictParameters,
                priority,
                output,
                publish,
                files,
                call,
                why,
                correlation);
    }

    /** Whether it is for some of the items of a job, whose notebook another message is for. */
    public boolean hasChunk() {
        return map != null && map.chunk() != null;
    }
}
