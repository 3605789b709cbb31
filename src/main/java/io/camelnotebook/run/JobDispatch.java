package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.ExpressionException;
import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobSettings;
import io.camelnotebook.pipeline.MapItems;
import io.camelnotebook.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the messages with which jobs go to the queue, with values from jobs that have ended put in. Thread-safe for
 * different runs; the messages of one are to be made under its lock.
 */
final class JobDispatch {

    private final Ledger ledger;
    private final Path outputs;
    private final Path workingDirectory;
    private final Clock clock;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    JobDispatch(Ledger ledger, Path outputs, Path workingDirectory, Clock clock) {
        this.ledger = ledger;
        this.outputs = outputs;
        this.workingDirectory = workingDirectory;
        this.clock = clock;
    }

    /** Of a job all of whose needs have succeeded. If its values are not there the message says so. */
    JobMessage message(Run run, Job job, int attempt) {
        return message(run, job, attempt, reading(run));
    }

    private JobMessage message(Run run, Job job, int attempt, Reading reading) {
        try {
            return message(run, job, attempt, job.resolve(reading.values()), reading.files(job), null);
        } catch (ExpressionException e) {
            return message(run, job, attempt, job, JobFiles.NONE, e.getMessage());
        }
    }

    /**
     * What the function of a job with a map is called for.
     *
     * @throws ExpressionException if its values are not there
     */
    MapItems items(Run run, Job job) {
        return job.resolve(reading(run).values()).items().orElseThrow();
    }

    private Reading reading(Run run) {
        return readings.computeIfAbsent(run.id(), id -> new Reading(id, run.pipeline(), ledger));
    }

    /** Of a job that does not run, so that its values may not be there. */
    JobMessage unresolved(Run run, Job job, int attempt) {
        return message(run, job, attempt, job, JobFiles.NONE, null);
    }

    /** Forgets what was read for a run that is over. */
    void forget(String run) {
        readings.remove(run);
    }

    /**
     * Which jobs of a pipeline need not run, if it were run now.
     *
     * @param find the earlier job that may stand for one
     */
    Map<String, Reusable> preview(Pipeline pipeline, Function<JobMessage, Optional<Reusable>> find) {
        Run run = new Run("(not run)", pipeline, 1);
        return new Preview(pipeline, (job, reading) -> message(run, job, 1, reading), find).reusable();
    }

    private JobMessage message(Run run, Job job, int attempt, Job resolved, JobFiles files, @Nullable String problem) {
        JobSettings settings = job.settings();
        OptionalLong memory = settings.resources().memoryBytes();
        OptionalInt threads = settings.resources().threads();
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        resolved.parameters().properties().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        Path folder = outputs.resolve(job.outputFolder());
        return new JobMessage(
                run.id(),
                run.pipeline().name(),
                job.id(),
                job.template().name(),
                job.index(),
                attempt,
                job.label(),
                clock.instant().toString(),
                job.notebookFile().toString(),
                parameters,
                settings.kernel().orElse(null),
                resolved.cwd()
                        .map(workingDirectory::resolve)
                        .orElse(workingDirectory)
                        .toString(),
                resolved.env(),
                settings.timeout().map(Duration::toMillis).orElse(null),
                settings.cellTimeout().map(Duration::toMillis).orElse(null),
                settings.cells(),
                memory.isPresent() ? memory.getAsLong() : null,
                threads.isPresent() ? threads.getAsInt() : null,
                settings.strictParameters(),
                settings.priority(),
                folder.resolve(job.outputName() + ".ipynb").toString(),
                settings.publish(),
                files,
                settings.map().map(MapCall::of).orElse(null),
                problem,
                run.correlation());
    }
}
