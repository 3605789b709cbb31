package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One notebook to run with its parameters and label. Immutable, if its JSON values are not changed: jobs of one
 * template share them.
 */
public final class Job {

    private final JobTemplate template;
    private final int index;
    private final JobTemplate.Identity identity;
    private final Map<String, JsonNode> matrix;
    private final JobValues values;

    Job(
            JobTemplate template,
            int index,
            JobTemplate.Identity identity,
            Map<String, JsonNode> matrix,
            JobValues values) {
        this.template = template;
        this.index = index;
        this.identity = identity;
        this.matrix = matrix;
        this.values = values;
    }

    /** What the job was made from. */
    public JobTemplate template() {
        return template;
    }

    /** Which of its template's jobs it is, from 0. */
    public int index() {
        return index;
    }

    /** What names the job in its pipeline: {@code prepare}, or with a matrix {@code train[ridge-3]}. */
    public String id() {
        return identity.id();
    }

    /** The name of the job's folder. */
    public String label() {
        return identity.label();
    }

    /** The names of the jobs of the pipeline that must have succeeded before. */
    public List<String> needs() {
        return template.needs();
    }

    /** The notebook's file. */
    public Path notebookFile() {
        return template.notebookFile();
    }

    public JobSettings settings() {
        return template.settings();
    }

    /** The values of the job's combination, by name; empty without a matrix. */
    public Map<String, JsonNode> matrix() {
        return Collections.unmodifiableMap(matrix);
    }

    /** The parameters. Until the job is resolved, expressions in them are printed as they are written. */
    public ObjectNode parameters() {
        return values.parameters();
    }

    /** Environment variables to add. Until the job is resolved, with expressions as they are written. */
    public Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        values.env().properties().forEach(variable -> env.put(variable.getKey(), text(variable.getValue())));
        return env;
    }

    /** The kernel's working directory, if one is given. Until the job is resolved, with expressions as written. */
    public Optional<String> cwd() {
        return values.cwd().map(Job::text);
    }

    /** Paths, folders and globs of the files it reads, relative to its working directory. Until resolved, as written. */
    public List<String> inputs() {
        return values.inputs().valueStream().map(Job::text).toList();
    }

    /** Paths and globs of the files it leaves, by name. Until the job is resolved, with expressions as written. */
    public Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        values.outputs().properties().forEach(output -> outputs.put(output.getKey(), text(output.getValue())));
        return outputs;
    }

    /** What the function of its {@link JobSettings#map} is called for; empty without one, and until it is known. */
    public Optional<MapItems> items() {
        boolean computed =
                template.values().over().flatMap(Expressions::template).isPresent();
        return values.over().filter(over -> !Expressions.isPending(over)).map(over -> MapItems.of(over, computed));
    }

    /** The file of these items, relative to its working directory; empty if they are in none. Until resolved, as written. */
    public Optional<String> itemsFile() {
        return values.over().filter(over -> over.has("file")).map(over -> text(over.path("file")));
    }

    /** @throws ExpressionException when what is known already of its values cannot be what they are */
    void check() {
        values.env().properties().forEach(variable -> checkText("env." + variable.getKey(), variable.getValue()));
        values.cwd().ifPresent(cwd -> checkText("cwd", cwd));
        values.inputs().forEach(input -> checkText("inputs", input));
        values.outputs().properties().forEach(output -> checkText("outputs." + output.getKey(), output.getValue()));
        values.over().ifPresent(over -> checkText("map.over.file", over.path("file")));
        items();
        values.outputs().properties().forEach(output -> {
            if (!Expressions.isPending(output.getValue())) {
                OutputFile.check(output.getKey(), text(output.getValue()));
            }
        });
    }

    /** No path and no environment variable has a NUL, with which systems end their texts. */
    private static void checkText(String field, JsonNode value) {
        if (!Expressions.isPending(value) && text(value).indexOf('\0') >= 0) {
            throw new ExpressionException("field " + Words.quote(field) + ": expected a text without the character NUL,"
                    + " found " + Words.quote(text(value)));
        }
    }

    /**
     * The folder of the job's files inside the outputs folder, with {@code /} between names:
     * {@code <notebook>/<label>}. Empty when it is the outputs folder itself.
     */
    public String outputFolder() {
        return identity.output().folder();
    }

    /** The name of the job's files without their extension: {@code <notebook>_<label>}. */
    public String outputName() {
        return identity.output().name();
    }

    /** Whether no expression is left, so that the job can be run. */
    public boolean isResolved() {
        return !values.isPending();
    }

    /**
     * The job with everything filled in that it reads of other jobs and of the run.
     *
     * @throws ExpressionException when an expression has no value; the message names the job, and what there is
     */
    public Job resolve(RunValues run) {
        try {
            Job resolved = new Job(template, index, identity, matrix, values.evaluate(new RunSource(run)));
            resolved.check();
            return resolved;
        } catch (ExpressionException e) {
            throw new ExpressionException("job " + Words.quote(id()) + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return id();
    }

    private static String text(JsonNode value) {
        return Expressions.template(value)
                .map(Template::toString)
                .orElseGet(() -> value.isTextual() ? value.textValue() : value.toString());
    }
}
