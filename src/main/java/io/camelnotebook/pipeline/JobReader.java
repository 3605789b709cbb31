package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one job, or one entry of a batch, that the schema allows. */
final class JobReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Problems problems;
    private final NotebookFinder notebooks;
    private final MatrixReader matrices;
    private final SettingsReader settings;
    private final Set<String> misspelt = new HashSet<>();

    JobReader(Problems problems, NotebookFinder notebooks, MatrixReader matrices, SettingsReader settings) {
        this.problems = problems;
        this.notebooks = notebooks;
        this.matrices = matrices;
        this.settings = settings;
    }

    /** The job; empty when there was a problem with it, which has been told. */
    Optional<JobTemplate> job(String name, JsonNode job, JsonPointer place) {
        Optional<JobTemplate.Notebook> notebook =
                notebooks.find(job.path("notebook").asText(), place.appendProperty("notebook"));
        Optional<Matrix> matrix = job.has("matrix")
                ? matrices.read(job.path("matrix"), place.appendProperty("matrix"))
                : Optional.empty();
        JobSettings jobSettings = settings.read(job, place);
        int before = problems.count();
        JobValues values = new JobValues(
                (ObjectNode) compile(job.path("parameters"), place.appendProperty("parameters")),
                env(job, place),
                Optional.of(settings.value(job, "cwd"))
                        .filter(JsonNode::isTextual)
                        .map(cwd -> compile(cwd, settings.place(job, "cwd", place))),
                inputs(job, place),
                (ObjectNode) compile(job.path("outputs"), place.appendProperty("outputs")),
                new MapReader(problems).over(job, place).map(over -> compile(over, MapReader.place(place))));
        JobTemplate.Naming naming = new JobTemplate.Naming(naming(job, "label", place), naming(job, "output", place));
        if (problems.count() > before) {
            misspelt.add(name);
        }
        if (notebook.isEmpty() || (job.has("matrix") && matrix.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new JobTemplate(name, notebook.get(), needs(job), matrix, values, naming, jobSettings));
    }

    /** The entry as a job whose one parameter is the entry; empty when there was a problem, which has been told. */
    Optional<JobTemplate> entry(String name, JsonNode entry, JsonPointer place) {
        ObjectNode parameters = NODES.objectNode();
        parameters.set("config", entry);
        JobValues values = new JobValues(
                parameters,
                NODES.objectNode(),
                Optional.empty(),
                NODES.arrayNode(),
                NODES.objectNode(),
                Optional.empty());
        Optional<JsonNode> label = Optional.ofNullable(entry.get("output_label"));
        return notebooks
                .find(entry.path("notebook").asText(), place.appendProperty("notebook"))
                .map(notebook -> new JobTemplate(
                        name,
                        notebook,
                        List.of(),
                        Optional.empty(),
                        values,
                        new JobTemplate.Naming(label, Optional.empty()),
                        settings.read(NODES.objectNode(), place)));
    }

    /** Whether the job has texts that are no templates, so that what its expressions come to says nothing. */
    boolean isMisspelt(JobTemplate job) {
        return misspelt.contains(job.name());
    }

    /** The names under {@code needs}, of whatever else may be there. */
    static List<String> needs(JsonNode job) {
        JsonNode needs = job.path("needs");
        if (needs.isTextual()) {
            return List.of(needs.textValue());
        }
        return needs.valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .distinct()
                .toList();
    }

    /** The defaults' variables and, over them, the job's own. */
    private ObjectNode env(JsonNode job, JsonPointer place) {
        ObjectNode env = NODES.objectNode();
        if (settings.defaults().path("env") instanceof ObjectNode defaults) {
            env.setAll((ObjectNode) compile(defaults, JsonPointer.compile("/defaults/env")));
        }
        if (job.path("env") instanceof ObjectNode own) {
            env.setAll((ObjectNode) compile(own, place.appendProperty("env")));
        }
        return env;
    }

    private ArrayNode inputs(JsonNode job, JsonPointer place) {
        JsonNode compiled = compile(settings.value(job, "inputs"), settings.place(job, "inputs", place));
        if (compiled instanceof ArrayNode list) {
            return list;
        }
        ArrayNode inputs = NODES.arrayNode();
        return compiled.isValueNode() ? inputs.add(compiled) : inputs;
    }

    private Optional<JsonNode> naming(JsonNode job, String key, JsonPointer place) {
        return Optional.ofNullable(job.get(key)).map(text -> compile(text, place.appendProperty(key)));
    }

    private JsonNode compile(JsonNode value, JsonPointer place) {
        return value.isMissingNode()
                ? NODES.objectNode()
                : Expressions.compile(value, place, (where, what) -> problems.add(where, what, ""));
    }
}
