package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.main.template.PathTemplate;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values of {@code -p NAME VALUE} against papermill's own. */
class ParameterTextIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RESOLVE = """
            import json, sys
            from papermill.cli import _resolve_type
            json.dump([repr(_resolve_type(text)) for text in json.load(sys.stdin)], sys.stdout)
            """;

    @Test
    void valuesAreWhatPapermillResolvesThemTo() throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>(List.of(
                "True",
                "False",
                "None",
                "true",
                "none",
                "",
                " ",
                " 7 ",
                "\t-7\n",
                "1_000",
                "1__0",
                "_1",
                "1_",
                "007",
                "0x10",
                "1e3",
                "1E-3",
                ".5",
                "5.",
                ".",
                "e5",
                "1_0.5_0e1_0",
                "nan",
                "NaN",
                "-nan",
                "+inf",
                "Infinity",
                "-INFINITY",
                "infinit",
                "1e999",
                "-1e999",
                "1e-999",
                "123456789012345678901234567890",
                "12L",
                "1,5",
                "1 000",
                "--1",
                "+-1",
                "-0",
                "-0.0",
                "1d",
                "1f",
                "0x1p3",
                "Zürich",
                "{a}",
                "'1'"));
        Random random = new Random(12);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                text.append("0179._+-eE nif".charAt(random.nextInt(14)));
            }
            texts.add(text.toString());
        }

        JsonNode expected = JSON.readTree(
                TestPython.run(RESOLVE, JSON.writeValueAsString(texts).getBytes(UTF_8)));

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode values = JSON.createObjectNode();
            values.set("x", ParameterText.value(texts.get(i)));
            String ours = PathTemplate.expand("{x!r}", values);
            if (!ours.equals(expected.get(i).asText())) {
                differences.add("'" + texts.get(i) + "' is " + ours + ", in papermill "
                        + expected.get(i).asText());
            }
        }
        assertThat(differences).isEmpty();
    }
}
