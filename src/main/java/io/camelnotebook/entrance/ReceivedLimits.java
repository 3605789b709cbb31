package io.camelnotebook.entrance;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.MapSpec;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a config from outside may do: run the notebooks of some folders, there, with some environment variables, once. All
 * else is a problem of the config, whose remedy names the setting. Where the limits are kept, the next check has its turn; where
 * not, nothing of the notebook is looked at. Thread-safe.
 */
public final class ReceivedLimits implements PipelineCheck {

    private static final String OPTIONS =
            "a destination in a config that comes as a message cannot have options after a '?', as these can do anything";

    private static final String INSIDE =
            "paths inside the job's working directory, without '..' and without what is known only later";

    private final List<Path> folders;
    private final Set<String> environment;
    private final Set<String> functions;
    private final PipelineCheck next;

    /**
     * Limits for configs from outside.
     *
     * @param folders where the notebooks and working directories may be, subfolders included
     * @param environment the variables that a job may set
     * @param functions which a job may call for items
     */
    public ReceivedLimits(List<Path> folders, Set<String> environment, Set<String> functions, PipelineCheck next) {
        this.folders = List.copyOf(folders);
        this.environment = Set.copyOf(environment);
        this.functions = Set.copyOf(functions);
        this.next = next;
    }

    @Override
    public void check(Pipeline pipeline, Report report) {
        List<Boolean> found = new ArrayList<>();
        Report counting = new Report() {
            @Override
            public void problem(String field, String what, String remedy) {
                found.add(true);
                report.problem(field, what, remedy);
            }

            @Override
            public void problem(String job, String field, String what, String remedy) {
                found.add(true);
                report.problem(job, field, what, remedy);
            }
        };
        if (pipeline.schedule().isPresent()) {
            counting.problem(
                    "schedule",
                    "a config that comes as a message is run once and cannot have a schedule",
                    "drop it into the watched folder");
        }
        pipeline.publish().stream()
                .filter(ReceivedLimits::hasOptions)
                .forEach(uri -> counting.problem("publish", OPTIONS, ""));
        pipeline.jobs().forEach((name, template) -> check(name, template, pipeline, counting));
        if (found.isEmpty()) {
            next.check(pipeline, report);
        }
    }

    private static boolean hasOptions(String uri) {
        return uri.indexOf('?') >= 0;
    }

    private void check(String name, JobTemplate template, Pipeline pipeline, Report report) {
        if (!isInside(template.notebookFile())) {
            report.problem(
                    name,
                    "notebook",
                    "configs that come as messages may run notebooks in " + folderNames() + " only",
                    "move it there, or add its folder to notebook.received.notebooks");
        }
        if (!template.settings().publish().equals(pipeline.publish())
                && template.settings().publish().stream().anyMatch(ReceivedLimits::hasOptions)) {
            report.problem(name, "publish", OPTIONS, "");
        }
        Job first = template.job(0);
        first.env().keySet().stream()
                .filter(variable -> !environment.contains(variable))
                .forEach(variable -> report.problem(
                        name,
                        "env",
                        "configs that come as messages may not set '" + variable + "'",
                        "make it a parameter, or add it to notebook.received.env"));
        // With what a notebook imports, or with IPython's own names, what the sender chooses can do anything.
        template.settings()
                .map()
                .map(MapSpec::function)
                .filter(function -> !functions.contains(function))
                .ifPresent(function -> report.problem(
                        name,
                        "map",
                        "configs that come as messages may not call '" + function + "'",
                        "if it is meant, add it to notebook.received.functions"));
        if (first.cwd().isPresent()
                || !first.inputs().isEmpty()
                || first.itemsFile().isPresent()) {
            for (int i = 0; i < template.size(); i++) {
                if (!keepsToItsFolders(name, template.job(i), report)) {
                    return;
                }
            }
        }
    }

    private boolean keepsToItsFolders(String name, Job job, Report report) {
        Optional<String> cwd = job.cwd();
        if (cwd.isPresent() && !isInside(Path.of(cwd.get()).toAbsolutePath())) {
            report.problem(
                    name,
                    "cwd",
                    "configs that come as messages may run in folders that are there, in " + folderNames() + ", only",
                    "leave it out, or add the folder to notebook.received.notebooks");
            return false;
        }
        if (job.inputs().stream().anyMatch(ReceivedLimits::leaves)) {
            report.problem(name, "inputs", "in configs that come as messages these are " + INSIDE, "");
            return false;
        }
        if (job.itemsFile().filter(ReceivedLimits::leaves).isPresent()) {
            report.problem(name, "map", "in configs that come as messages the files of items are " + INSIDE, "");
            return false;
        }
        return true;
    }

    private static boolean leaves(String path) {
        return Path.of(path).isAbsolute() || path.contains("${") || path.matches("(.*/)?\\.\\.(/.*)?");
    }

    /** Where the file really is, whatever links lead to it. */
    private boolean isInside(Path file) {
        Optional<Path> real = real(file);
        return real.isPresent()
                && folders.stream().flatMap(folder -> real(folder).stream()).anyMatch(real.get()::startsWith);
    }

    private static Optional<Path> real(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String folderNames() {
        return folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize() + "/")
                .collect(Collectors.joining(", "));
    }
}
