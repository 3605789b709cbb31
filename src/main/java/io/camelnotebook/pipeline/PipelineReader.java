package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads config files, JSON or YAML, batch or pipeline. Thread-safe. */
public final class PipelineReader {

    private static final JsonPointer NAME = JsonPointer.compile("/name");
    private static final JsonPointer PUBLISH = JsonPointer.compile("/publish");
    private static final JsonPointer DEFAULTS = JsonPointer.compile("/defaults");

    private final Path workingDirectory;
    private final PipelineLimits limits;
    private final PipelineCheck check;

    /**
     * A reader of config files.
     *
     * @param workingDirectory where notebooks are looked for before the folder of the config file
     * @param check what else is to be true of a pipeline
     */
    public PipelineReader(Path workingDirectory, PipelineLimits limits, PipelineCheck check) {
        this.workingDirectory = workingDirectory;
        this.limits = limits;
        this.check = check;
    }

    /**
     * Reads a config file and checks all of it.
     *
     * @param overrides parameters that replace those of the file, by name
     * @throws ConfigException with every problem found
     */
    public Pipeline read(Path file, Map<String, JsonNode> overrides) {
        return read(file, file, overrides);
    }

    /**
     * Reads a config file that is not where its author put it, such as one that a watcher has claimed. Its name, its
     * notebooks and its problems are those of the author's file.
     *
     * @param content where the content is now
     * @param file where the author put it
     */
    public Pipeline read(Path content, Path file, Map<String, JsonNode> overrides) {
        ConfigDocument written = new DocumentReader(limits).read(content, file);
        ConfigFormat format = ConfigFormat.of(written.root());
        Problems problems = new Problems(written, format);
        ConfigDocument document = new Overrides(overrides).apply(written, format, problems);
        Set<JsonPointer> broken = new SchemaCheck(problems).check(document.root(), format);

        // A batch has no settings beside its entries: whatever its keys are called, they are entries.
        JsonNode settings = format == ConfigFormat.PIPELINE ? document.root() : MissingNode.getInstance();
        List<String> publish = broken.contains(PUBLISH)
                ? List.of()
                : new PublishCheck(problems).read(settings.path("publish"), PUBLISH);
        JsonNode defaults = broken.contains(DEFAULTS) ? MissingNode.getInstance() : settings.path("defaults");
        JobReader jobs = new JobReader(
                problems,
                new NotebookFinder(problems, workingDirectory, file),
                new MatrixReader(problems, limits.maxJobs()),
                new SettingsReader(problems, defaults, publish));
        JobsReader.Jobs read = new JobsReader(problems, format, limits).read(document.root(), jobs, broken);
        String name = name(settings, file, problems);
        Optional<Schedule> schedule =
                new ScheduleReader(problems).read(settings.path("schedule"), broken.contains(ScheduleReader.PLACE));
        if (schedule.isPresent() && name.startsWith(".")) {
            problems.addToFile(
                    "a pipeline with a schedule cannot be called " + Words.quote(name),
                    "give it a name without the dot: files that begin with one are not watched");
        }
        problems.throwIfAny();

        JsonNode maxParallel = settings.path("max_parallel");
        Pipeline pipeline = new Pipeline(
                name,
                file,
                maxParallel.isInt() ? OptionalInt.of(maxParallel.intValue()) : OptionalInt.empty(),
                OnFailure.named(settings.path("on_failure").asText("continue")),
                publish,
                read.templates(),
                read.graph(),
                schedule);
        check.check(pipeline, new PipelineCheck.Report() {
            @Override
            public void problem(String field, String what, String remedy) {
                problems.add(JsonPointer.empty().appendProperty(field), what, remedy);
            }

            @Override
            public void problem(String job, String field, String what, String remedy) {
                problems.add(format.jobs().appendProperty(job).appendProperty(field), what, remedy);
            }
        });
        problems.throwIfAny();
        return pipeline;
    }

    private static String name(JsonNode settings, Path file, Problems problems) {
        if (settings.path("name").isTextual()) {
            String name = settings.path("name").textValue();
            LabelRule.violation(name)
                    .or(() -> Template.isTemplate(name)
                            ? Optional.of("expressions ${…} are not allowed in 'name'")
                            : Optional.empty())
                    .ifPresent(violation -> problems.add(
                            NAME, violation.replaceFirst("^the label", "the name"), "the name becomes a folder"));
            return name;
        }
        String fileName = file.toAbsolutePath().normalize().getFileName().toString();
        String name = fileName.replaceFirst("(?i)(?<=.)\\.(json|ya?ml)$", "");
        LabelRule.violation(name)
                .ifPresent(violation -> problems.addToFile(
                        "the file's name cannot name the pipeline: " + violation, "rename it, or add a name"));
        return name;
    }
}
