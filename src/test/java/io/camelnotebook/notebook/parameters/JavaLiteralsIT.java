package io.camelnotebook.notebook.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.Test;

/** What JShell makes of our literals, which Java's kernels are made of. */
class JavaLiteralsIT {

    private static final Path DESCRIBE = Path.of("src/test/kernels/describe/java.java");

    @Test
    void parametersAreTheSameInJava() throws IOException {
        ParameterLanguage java = ParameterLanguage.of("", "java");
        Map<String, JsonNode> parameters = LiteralExamples.of(java, 200);
        List<String> different = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            evaluate(shell, Files.readString(DESCRIBE));
            evaluate(shell, java.cell(parameters));
            parameters.forEach((name, expected) -> {
                // A description has quotes, but no backslashes.
                String literal = evaluate(shell, "describe(" + name + ")");
                JsonNode found = Description.parse(
                        literal.substring(1, literal.length() - 1).replace("\\\"", "\""));
                if (!Description.isSame(expected, found, Set.of())) {
                    different.add(expected + " became " + found);
                }
            });
        }
        assertThat(different).isEmpty();
    }

    /** The value of the last snippet of a source. */
    private static String evaluate(JShell shell, String source) {
        String value = "";
        for (String rest = source; !rest.isBlank(); ) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete()).as(rest).isTrue();
            for (SnippetEvent event : shell.eval(next.source())) {
                assertThat(event.status())
                        .as(next.source())
                        .isIn(Snippet.Status.VALID, Snippet.Status.RECOVERABLE_DEFINED);
                assertThat(event.exception()).as(next.source()).isNull();
                value = String.valueOf(event.value());
            }
            rest = next.remaining();
        }
        return value;
    }
}
