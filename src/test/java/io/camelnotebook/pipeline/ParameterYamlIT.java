package io.camelnotebook.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.main.template.PathTemplate;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parameters in YAML against papermill's own loader. */
class ParameterYamlIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LOAD = """
            import json, sys, yaml
            from papermill.iorw import NoDatesSafeLoader
            def load(text):
                try:
                    return repr(yaml.load(text, Loader=NoDatesSafeLoader)["x"])
                except Exception as e:
                    return "error"
            json.dump([load(text) for text in json.load(sys.stdin)], sys.stdout)
            """;

    @Test
    void scalarsAreReadAsPapermillReadsThem() throws IOException, InterruptedException {
        List<String> scalars = new ArrayList<>(List.of(
                "yes",
                "No",
                "ON",
                "off",
                "y",
                "n",
                "true",
                "TRUE",
                "tRUE",
                "~",
                "null",
                "",
                "Null",
                "none",
                "'yes'",
                "\"1\"",
                "010",
                "08",
                "0o17",
                "0x1F",
                "0b101",
                "-0x1f",
                "1_000",
                "+5",
                "-7",
                "1:30",
                "1:30:59",
                "1:60",
                "190:20:30.15",
                "1e3",
                "1.e3",
                "1.0e3",
                "1.0e+3",
                "1.5E-3",
                ".5",
                "-.5",
                "5.",
                "1_0.5",
                ".inf",
                "-.INF",
                "+.Inf",
                ".nan",
                ".NaN",
                "-.nan",
                "inf",
                "nan",
                "2026-01-02",
                "2026-01-02T03:04:05Z",
                "00",
                "-0",
                "0.0",
                "-0.0",
                "1__0",
                "0_1",
                "123456789012345678901234567890",
                "!!str 1",
                "!!int '7'",
                "!!float '1'",
                "${HOME}",
                "[yes, 1.5, {a: off}]"));
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder scalar = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                scalar.append("01789.:_+-eExbo".charAt(random.nextInt(15)));
            }
            scalars.add(scalar.toString());
        }
        List<String> texts = scalars.stream().map(scalar -> "x: " + scalar).toList();

        JsonNode expected = JSON.readTree(
                TestPython.run(LOAD, JSON.writeValueAsString(texts).getBytes(UTF_8)));

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String ours = ours(texts.get(i));
            // What PyYAML cannot read at all may be read here.
            if (!expected.get(i).asText().equals("error")
                    && !ours.equals(expected.get(i).asText())) {
                differences.add(texts.get(i) + " is " + ours + ", in papermill "
                        + expected.get(i).asText());
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String ours(String text) {
        try {
            ObjectNode map = ParameterYaml.read(Path.of("-y"), text);
            return PathTemplate.expand("{x!r}", map);
        } catch (ConfigException e) {
            return "refused: " + e.getMessage();
        }
    }
}
