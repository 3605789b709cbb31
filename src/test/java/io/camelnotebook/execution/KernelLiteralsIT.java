package io.camelnotebook.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.notebook.parameters.Description;
import io.camelnotebook.notebook.parameters.Description.Approximation;
import io.camelnotebook.notebook.parameters.LiteralExamples;
import io.camelnotebook.notebook.parameters.ParameterLanguage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that go into a notebook are what its kernel then has. */
@Tag("other-kernels")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelLiteralsIT {

    private static final Path PROGRAMS = Path.of("src/test/kernels/describe");

    // Kotlin's kernel shows up to 100,000 characters of a cell.
    private static final int PRINTS_IN_A_CELL = 25;

    private final OtherKernels kernels = new OtherKernels();

    @AfterAll
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "xpython | python.py     | print(describe(%s))                    | 200 |",
                "ir      | R.R           | writeLines(describe(%s))              | 200 | EMPTY_OBJECT_IS_LIST",
                "octave  | octave.m      | printf('%%s\\n', describe(%s))         |  40 | NULL_IS_NAN",
                "bash    | bash.sh       | describe %s                            | 200 | EVERYTHING_IS_TEXT",
                "deno    | typescript.ts | console.log(describe(%s));             | 200 |",
                "tslab   | typescript.ts | globalThis['console'].log(describe(%s));             | 200 |",
                "jslab   | javascript.js | globalThis['console'].log(describe(%s));             | 200 |",
                "kotlin  | kotlin.kt     | println(describe(%s))                  | 120 |",
            })
    void parametersAreTheSameInTheKernel(
            String name, String program, String print, int count, Approximation approximation, @TempDir Path folder)
            throws Exception {
        KernelSpec spec = kernels.spec(name);
        Map<String, JsonNode> parameters = LiteralExamples.of(ParameterLanguage.of(name, spec.language()), count);
        List<ObjectNode> cells = new ArrayList<>();
        cells.add(TestNotebooks.cell(
                Files.readString(PROGRAMS.resolve(program), UTF_8).replace("PARAMETERS", "")));
        cells.add(TestNotebooks.cell("", "parameters"));
        List<String> prints = parameters.keySet().stream().map(print::formatted).toList();
        for (int start = 0; start < count; start += PRINTS_IN_A_CELL) {
            int end = Math.min(count, start + PRINTS_IN_A_CELL);
            cells.add(TestNotebooks.cell(String.join("\n", prints.subList(start, end))));
        }

        TestNotebooks notebooks = new TestNotebooks(folder, name);
        ExecutionResult result = kernels.execute(
                TestNotebooks.with(notebooks.request(cells.toArray(ObjectNode[]::new)), parameters, Map.of()));

        assertThat(result.outcome()).as("%s", result.error()).isEqualTo(Outcome.SUCCEEDED);
        List<String> described = descriptions(notebooks.executed());
        assertThat(described).hasSize(count);
        Set<Approximation> approximations = approximation == null ? Set.of() : Set.of(approximation);
        List<String> different = new ArrayList<>();
        parameters.forEach((parameter, expected) -> {
            JsonNode found = Description.parse(described.get(Integer.parseInt(parameter.substring(1))));
            if (!Description.isSame(expected, found, approximations)) {
                different.add(expected + " became " + found);
            }
        });
        assertThat(different).isEmpty();
    }

    private static List<String> descriptions(JsonNode executed) {
        StringBuilder text = new StringBuilder();
        executed.path("cells")
                .forEach(cell ->
                        cell.path("outputs").forEach(output -> text.append(TestNotebooks.text(output.path("text")))));
        // Octave's line editor is heard at its work.
        return text.toString()
                .replaceAll("\u001b\\[[?0-9]*[a-z]|\r", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
