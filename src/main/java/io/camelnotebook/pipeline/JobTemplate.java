package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One job as a config file describes it: a single job, or with a matrix as many as it has combinations. They are made
 * when asked for and not kept. Thread-safe.
 */
public final class JobTemplate {

    private final String name;
    private final Notebook notebook;
    private final List<String> needs;
    private final Optional<Matrix> matrix;
    private final JobValues values;
    private final Naming naming;
    private final JobSettings settings;
    private final Set<String> axesRead;

    /**
     * The notebook of a job.
     *
     * @param written the path as the config file has it
     * @param file the file it was found as
     */
    record Notebook(String written, Path file) {

        /** The file's name without {@code .ipynb}. */
        String stem() {
            String fileName = String.valueOf(file.getFileName());
            return fileName.replaceFirst("(?<=.)\\.ipynb$", "");
        }
    }

    /** The compiled label and output of a job, where it has them. */
    record Naming(Optional<JsonNode> label, Optional<JsonNode> output) {}

    /** What tells one job from every other. */
    record Identity(String id, String label, OutputLocation output) {}

    JobTemplate(
            String name,
            Notebook notebook,
            List<String> needs,
            Optional<Matrix> matrix,
            JobValues values,
            Naming naming,
            JobSettings settings) {
        this.name = name;
        this.notebook = notebook;
        this.needs = List.copyOf(needs);
        this.matrix = matrix;
        this.values = values;
        this.naming = naming;
        this.settings = settings;
        this.axesRead = axesRead(values);
    }

    /** The axes of the matrix that a parameter reads. */
    private static Set<String> axesRead(JobValues values) {
        Set<String> axes = new HashSet<>();
        Expressions.forEachReference(values.parameters(), JsonPointer.empty(), (place, reference) -> {
            if (reference.root().equals(Reference.MATRIX)) {
                axes.add(reference.name());
            }
        });
        return axes;
    }

    /** The name in the config file. */
    public String name() {
        return name;
    }

    /** The notebook's path as the config file has it. */
    public String notebook() {
        return notebook.written();
    }

    /** The notebook's file. */
    public Path notebookFile() {
        return notebook.file();
    }

    /** The names of the jobs this one needs. */
    public List<String> needs() {
        return needs;
    }

    /** The combinations, when it has a matrix. Its results are a list then, even if there is one combination only. */
    public Optional<Matrix> matrix() {
        return matrix;
    }

    public JobSettings settings() {
        return settings;
    }

    /** The same with some of its jobs only. */
    JobTemplate only(List<Integer> indexes) {
        Optional<Matrix> selected = matrix.map(all -> new SelectedMatrix(all, indexes));
        return new JobTemplate(name, notebook, needs, selected, values, naming, settings);
    }

    /** The names of the jobs whose outcome its values read, and what they read of each: {@code results}, {@code output} or {@code files}. */
    public Map<String, Set<String>> reads() {
        Map<String, Set<String>> reads = new TreeMap<>();
        ObjectNode all = values.parameters().objectNode();
        all.set("parameters", values.parameters());
        all.set("env", values.env());
        values.cwd().ifPresent(cwd -> all.set("cwd", cwd));
        all.set("inputs", values.inputs());
        all.set("outputs", values.outputs());
        values.over().ifPresent(over -> all.set("over", over));
        Expressions.forEachReference(all, JsonPointer.empty(), (place, reference) -> {
            if (reference.root().equals(Reference.JOBS)) {
                reads.computeIfAbsent(reference.name(), name -> new TreeSet<>())
                        .add(reference.path().get(1));
            }
        });
        return reads;
    }

    /** The compiled values, those of the matrix left out. */
    JobValues values() {
        return values;
    }

    Naming naming() {
        return naming;
    }

    /** The number of jobs, from 1. */
    public int size() {
        return matrix.map(Matrix::size).orElse(1);
    }

    /**
     * Makes one job. What it reads of its matrix and parameters is filled in, what it reads of other jobs and of the
     * run is left to {@link Job#resolve}.
     *
     * @param index from 0 to below {@link #size()}
     */
    public Job job(int index) {
        Objects.checkIndex(index, size());
        Map<String, JsonNode> combination = combination(index);
        return new Job(
                this,
                index,
                identity(index),
                combination,
                withoutAxesRead(withMatrix(combination).evaluate(reader(combination))));
    }

    /** An axis that a parameter reads reaches the notebook that way, and need not be a parameter itself. */
    private JobValues withoutAxesRead(JobValues all) {
        List<String> superfluous =
                axesRead.stream().filter(axis -> !values.parameters().has(axis)).toList();
        if (superfluous.isEmpty()) {
            return all;
        }
        ObjectNode parameters = all.parameters().objectNode();
        parameters.setAll(all.parameters());
        parameters.remove(superfluous);
        return all.withParameters(parameters);
    }

    /** Names one job without evaluating more of it than its name needs. */
    Identity identity(int index) {
        Map<String, JsonNode> combination = combination(index);
        Evaluation evaluation = new Evaluation(withMatrix(combination).parameters(), reader(combination));
        String label = naming.label()
                .map(compiled -> text("label", evaluation.value(compiled)))
                .orElseGet(() -> matrix.isPresent() ? DefaultLabel.of(combination.values(), number(index)) : name);
        OutputLocation output = naming.output()
                .map(compiled -> outputPath(text("output", evaluation.value(compiled))))
                .orElseGet(() -> OutputLocation.of(notebook.stem(), label));
        return new Identity(matrix.isPresent() ? name + "[" + label + "]" : name, label, output);
    }

    private int number(int index) {
        return matrix.map(present -> present.number(index)).orElse(index);
    }

    private Map<String, JsonNode> combination(int index) {
        return matrix.map(present -> present.combination(index)).orElse(Map.of());
    }

    /** The values with those of the matrix as parameters, where the job has none of that name. */
    private JobValues withMatrix(Map<String, JsonNode> combination) {
        if (combination.isEmpty()) {
            return values;
        }
        ObjectNode parameters = values.parameters().objectNode();
        combination.forEach(parameters::set);
        parameters.setAll(values.parameters());
        return values.withParameters(parameters);
    }

    private static Function<Reference, Optional<JsonNode>> reader(Map<String, JsonNode> combination) {
        return reference -> {
            if (!reference.root().equals(Reference.MATRIX)) {
                return Optional.empty();
            }
            JsonNode value = combination.getOrDefault(reference.name(), NullNode.getInstance());
            List<String> path = reference.path();
            return Optional.of(Fields.read(value, path.subList(1, path.size()), reference));
        };
    }

    private static String text(String field, JsonNode value) {
        if (Expressions.isPending(value)) {
            throw new ExpressionException("the " + field + " must be known before the run: it may read ${matrix.…},"
                    + " and ${parameters.…} that themselves read nothing of jobs and run");
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static OutputLocation outputPath(String path) {
        OutputLocation.violation(path).ifPresent(violation -> {
            throw new ExpressionException(violation);
        });
        return OutputLocation.ofPath(path);
    }
}
