package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/behaviours.md} names are there. */
class BehavioursDocumentationTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Path NOTEBOOKS = Path.of("src/test/resources/io/camelnotebook/execution/notebooks");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| (.*) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT)(?:\\.\\w+)?|[a-z0-9]+(?:-[a-z0-9]+)+)`");

    @Test
    void everyBehaviourHasATestThatIsThere() throws IOException {
        Map<String, Path> classes;
        try (Stream<Path> files = Files.walk(TESTS)) {
            classes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
        }
        List<MatchResult> rows = ROW.matcher(Files.readString(Path.of("docs/behaviours.md")))
                .results()
                .toList();
        assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 60).boxed().toList());
        for (MatchResult row : rows) {
            List<String> tests = TEST.matcher(row.group(2))
                    .results()
                    .map(test -> test.group(1))
                    .toList();
            assertThat(tests).as(row.group()).isNotEmpty().allSatisfy(test -> assertIsThere(test, classes));
        }
    }

    private static void assertIsThere(String test, Map<String, Path> classes) throws IOException {
        if (test.contains("-")) {
            assertThat(NOTEBOOKS.resolve(test + ".ipynb")).exists();
            return;
        }
        String[] name = test.split("\\.", 2);
        assertThat(classes).containsKey(name[0]);
        if (name.length == 2) {
            assertThat(classes.get(name[0])).content().contains("void " + name[1] + "(");
        }
    }
}
