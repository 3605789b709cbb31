package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parameters given beside the config file. In a pipeline one replaces the parameter in every job that has it, an axis
 * of that name becomes the one value; in a batch it is set in every entry. The values are data: what looks like an
 * expression in them is not one.
 */
record Overrides(Map<String, JsonNode> values) {

    /** The document with the parameters set. Names that no job has are told as problems. */
    ConfigDocument apply(ConfigDocument document, ConfigFormat format, Problems problems) {
        if (values.isEmpty()) {
            return document;
        }
        ObjectNode root = document.root().deepCopy();
        if (format == ConfigFormat.BATCH) {
            for (JsonNode entry : root) {
                if (entry instanceof ObjectNode object) {
                    object.setAll(values);
                }
            }
            return document.withRoot(root);
        }
        Set<String> declared = new TreeSet<>();
        for (JsonNode job : root.path("jobs")) {
            applyTo(job, declared);
        }
        for (String name : values.keySet()) {
            if (!declared.contains(name)) {
                problems.addToFile("no job has a parameter " + Words.quote(name), Suggestion.nearest(name, declared));
            }
        }
        return document.withRoot(root);
    }

    private void applyTo(JsonNode job, Set<String> declared) {
        JsonNode parameters = job.path("parameters");
        JsonNode matrix = job.path("matrix");
        parameters.fieldNames().forEachRemaining(declared::add);
        matrix.fieldNames().forEachRemaining(name -> {
            if (!MatrixReader.RESERVED.contains(name)) {
                declared.add(name);
            }
        });
        values.forEach((name, value) -> {
            if (parameters instanceof ObjectNode object && object.has(name)) {
                object.set(name, Expressions.escape(value));
            } else if (matrix instanceof ObjectNode object
                    && object.has(name)
                    && !MatrixReader.RESERVED.contains(name)) {
                object.putArray(name).add(value);
            }
        });
    }
}
