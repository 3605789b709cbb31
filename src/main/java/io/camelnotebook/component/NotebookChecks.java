package io.camelnotebook.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.publish.Destinations;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks of a pipeline, before anything of it runs, what its config file alone does not tell: that its notebooks can be
 * read and take their parameters, that their kernels are installed, and that results may go where they are to go.
 */
public final class NotebookChecks implements PipelineCheck {

    private final NotebookExecutor executor;
    private final long memory;
    private final Destinations destinations;
    private final Set<String> kernels;

    /**
     * Checks for the notebooks of an engine.
     *
     * @param memory how many bytes there are for all kernels together
     */
    public NotebookChecks(NotebookExecutor executor, long memory, Destinations destinations) {
        this(executor, memory, destinations, Set.of());
    }

    /**
     * Checks for notebooks that run on some kernels only.
     *
     * @param kernels the names of these; empty if they may run on all
     */
    public NotebookChecks(NotebookExecutor executor, long memory, Destinations destinations, Set<String> kernels) {
        this.executor = executor;
        this.memory = memory;
        this.destinations = destinations;
        this.kernels = new TreeSet<>(kernels);
    }

    @Override
    public void check(Pipeline pipeline, Report report) {
        problems(pipeline.publish()).forEach(problem -> report.problem("publish", problem, ""));
        pipeline.jobs().forEach((name, template) -> {
            checkNotebook(name, template, report);
            OptionalLong needed = template.settings().resources().memoryBytes();
            if (needed.isPresent() && needed.getAsLong() > memory) {
                report.problem(name, "resources", JobShare.excess(needed.getAsLong(), memory), "");
            }
            // A job without destinations of its own has the pipeline's.
            if (!template.settings().publish().equals(pipeline.publish())) {
                problems(template.settings().publish())
                        .forEach(problem -> report.problem(name, "publish", problem, ""));
            }
        });
    }

    private static void checkMap(String name, JobTemplate template, PreparedNotebook prepared, Report report) {
        String language = prepared.kernel().language();
        if (template.settings().map().isPresent() && !language.equalsIgnoreCase("python")) {
            report.problem(
                    name,
                    "map",
                    "the kernel '" + prepared.kernel().name() + "' is of the language '" + language
                            + "', and functions can be called in Python's only",
                    "remove it, or name another kernel");
        }
    }

    private List<String> problems(List<String> destinationUris) {
        return destinationUris.stream()
                .flatMap(uri -> destinations.problem(uri).stream())
                .toList();
    }

    /** All jobs of a template have the same notebook, kernel and names of parameters, so the first stands for all. */
    private void checkNotebook(String name, JobTemplate template, Report report) {
        Job job = template.job(0);
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        job.parameters().properties().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        OptionalLong memoryBytes = job.settings().resources().memoryBytes();
        OptionalInt threads = job.settings().resources().threads();
        Map<String, String> environment = JobShare.environment(
                job.isResolved() ? job.env() : Map.of(),
                memoryBytes.isPresent() ? memoryBytes.getAsLong() : null,
                threads.isPresent() ? threads.getAsInt() : null);
        ExecutionRequest request = new ExecutionRequest(
                job.notebookFile(),
                job.notebookFile(),
                parameters,
                job.settings().kernel(),
                Path.of(job.cwd().orElse("")),
                environment,
                job.settings().strictParameters(),
                KernelRequest.DEFAULT_START_TIMEOUT,
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                ExecutionOptions.DEFAULT.withMemory(memoryBytes));
        try {
            PreparedNotebook prepared = executor.prepare(request);
            if (kernels.isEmpty() || kernels.contains(prepared.kernel().name())) {
                executor.expect(prepared);
                checkMap(name, template, prepared, report);
            } else {
                report.problem(
                        name,
                        "kernel",
                        "configs that come as messages may not use the kernel '"
                                + prepared.kernel().name() + "', only " + String.join(", ", kernels),
                        "name one of these, or add it to notebook.received.kernels");
            }
        } catch (PreparationException e) {
            report.problem(name, e.field(), e.problem(), "");
        }
    }
}
