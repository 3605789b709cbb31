package io.camelnotebook.notebook.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** What JShell makes of our literals. */
class JavaLiteralsIT {

    @Test
    void randomTextsAreWhatTheyWere() {
        RandomValues values = new RandomValues(11);
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (int i = 0; i < 25; i++) {
                String text = values.text();
                define(shell, TextNode.valueOf(text));

                String codePoints = eval(shell, "x.codePoints().boxed().toList().toString()");

                assertThat(codePoints)
                        .isEqualTo("\"" + text.codePoints().boxed().toList() + "\"");
            }
        }
    }

    @Test
    void randomNestedValuesCompile() {
        RandomValues values = new RandomValues(12);
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (int i = 0; i < 15; i++) {
                define(shell, values.next(3));
            }
        }
    }

    private static void define(JShell shell, JsonNode value) {
        eval(shell, ParameterLanguage.of("", "java").cell(Map.of("x", value)));
    }

    private static String eval(JShell shell, String source) {
        SnippetEvent event = shell.eval(source).get(0);
        assertThat(event.status()).as(source).isEqualTo(Snippet.Status.VALID);
        assertThat(event.exception()).as(source).isNull();
        return String.valueOf(event.value());
    }
}
