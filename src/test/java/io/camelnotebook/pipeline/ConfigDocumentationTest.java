package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the documentation are configs, and are what the text says. */
class ConfigDocumentationTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```(yaml|json)\n(.*?)```");

    private final ConfigFolder configs;

    ConfigDocumentationTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
        for (String name : List.of("prepare", "train", "compare", "data_explorer")) {
            configs.notebook("notebooks/" + name + ".ipynb");
        }
    }

    record Example(String syntax, String content) {}

    static Stream<Example> examples() throws IOException {
        return EXAMPLE.matcher(document()).results().map(ConfigDocumentationTest::example);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRead(Example example) {
        Pipeline pipeline = configs.read(configs.write("example." + example.syntax(), example.content()));

        assertThat(pipeline.size()).isPositive();
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(8);
    }

    @Test
    void theExampleOfIncludeAndExcludeHasTheJobsItSaysItHas() throws IOException {
        Example example = examples()
                .filter(one -> one.content().contains("boosting"))
                .findFirst()
                .orElseThrow();
        JobTemplate train = configs.yaml(example.content()).job("train");

        assertThat(IntStream.range(0, train.size())
                        .mapToObj(index -> train.job(index).label()))
                .containsExactly("ridge-1", "ridge-2", "forest-1-5", "boosting-1");
    }

    @Test
    void everyKeyOfTheSchemaIsDocumented() throws IOException {
        String document = document();

        assertThat(ConfigSchemaTest.keys())
                .allSatisfy(key -> assertThat(document).contains(key));
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/config-files.md"));
    }

    private static Example example(MatchResult block) {
        return new Example(block.group(1), block.group(2));
    }
}
