package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Python makes of our literals, and papermill of the same values. */
class PythonLiteralsIT {

    private static final ParameterLanguage PYTHON = ParameterLanguage.of("python3", "python");
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads pairs of a cell and its value as JSON, where {"float": hex} stands for a float. */
    private static final String COMPARE = """
            import json, sys
            def revive(value):
                if isinstance(value, dict):
                    if list(value) == ["float"]:
                        return ("float", float(value["float"]).hex())
                    return {"fields": [(k, revive(v)) for k, v in value["fields"]]}
                return [revive(v) for v in value] if isinstance(value, list) else value
            def describe(value):
                if isinstance(value, float):
                    return ("float", value.hex())
                if isinstance(value, dict):
                    return {"fields": [(k, describe(v)) for k, v in value.items()]}
                return [describe(v) for v in value] if isinstance(value, list) else value
            cases = json.load(sys.stdin)
            for case in cases:
                names = {}
                exec(compile(case["cell"], "cell", "exec"), names)
                found, expected = describe(names["x"]), revive(case["value"])
                assert repr(found) == repr(expected), (case["cell"], found, expected)
            print(len(cases))
            """;

    @Test
    void randomValuesAreWhatTheyWere() throws IOException, InterruptedException {
        RandomValues values = new RandomValues(2026);
        ArrayNode cases = JSON.createArrayNode();
        for (int i = 0; i < 2000; i++) {
            JsonNode value = values.next(4);
            cases.addObject().put("cell", PYTHON.cell(Map.of("x", value))).set("value", described(value));
        }

        byte[] output = TestPython.run(COMPARE, JSON.writeValueAsBytes(cases));

        assertThat(new String(output, UTF_8)).isEqualTo("2000\n");
    }

    @Test
    void valuesThatPapermillWritesRightAreWrittenAlike() throws IOException, InterruptedException {
        String json = """
                {"a": 0.6, "b": [1, "a", {"k": null}], "c": true, "d": "say \\"hi\\"\\n\\t\\\\ 'x'", "e": {}, "f": [],
                 "g": 1e16, "h": 0.00001, "i": 12345678901234567890, "j": {"x y": {"z": [[], [false]]}}, "k": "", "l": -3}""";
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        JSON.readTree(json).forEachEntry(parameters::put);

        byte[] papermill = TestPython.run(
                "import json, sys; from papermill.translators import PythonTranslator, Translator;"
                        + " print(Translator.codify.__func__(PythonTranslator, json.load(sys.stdin)), end='')",
                json.getBytes(UTF_8));

        assertThat(PYTHON.cell(parameters)).isEqualTo(new String(papermill, UTF_8));
    }

    /** JSON for what JSON does not have or may change: floats, and the order of fields. */
    private static JsonNode described(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return JSON.createObjectNode().put("float", Double.toString(value.doubleValue()));
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> copy.add(described(element)));
            return copy;
        }
        if (value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            ArrayNode fields = copy.putArray("fields");
            value.forEachEntry((name, element) -> fields.addArray().add(name).add(described(element)));
            return copy;
        }
        return value;
    }
}
