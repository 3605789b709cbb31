package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** Parameters as YAML, or JSON, outside of config files: read as papermill reads them, which is as PyYAML does. */
public final class ParameterYaml {

    private ParameterYaml() {}

    /**
     * Reads a map of parameters; no text at all is no parameter.
     *
     * @param place what to call the text in errors: a file, or an option
     * @throws ConfigException if it is no YAML, or no map
     */
    public static ObjectNode read(Path place, String text) {
        if (text.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode root = YamlSyntax.readAsPyYaml(place, text).root();
        if (root instanceof ObjectNode object) {
            return object;
        }
        if (root.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw new ConfigException(List.of(ConfigProblem.ofFile(
                place, "expected a map of parameters, found " + Words.quote(root.toString()), "write name: value")));
    }
}
