package io.camelnotebook.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples as they stand in the folder examples, each as an application in a process of its own. */
class ExamplesIT {

    private static final String SCORES = "{\"mean\":86.65,\"suspicious\":[310.0]}";
    private static final String MAIN = "org.apache.camel.main.Main";
    private static final String ROUTES = "-Dcamel.main.routes-include-pattern=file:";

    private static final Map<String, Example> EXAMPLES = new TreeMap<>();

    /** All at once: most of the time each of them waits for its JVM to start. */
    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        EXAMPLES.put("java", Example.start(folder.resolve("java"), "java/ScoreRequests.java"));
        EXAMPLES.put("xml", Example.start(folder.resolve("xml"), ROUTES + "xml/*.xml", MAIN));
        EXAMPLES.put("yaml", Example.start(folder.resolve("yaml"), ROUTES + "yaml/*.yaml", MAIN));
        EXAMPLES.put("kamelets", Example.start(folder.resolve("kamelets"), ROUTES + "kamelets/*.yaml", MAIN));
        EXAMPLES.put(
                "command line",
                Example.start(folder.resolve("cli"), KameletRuntime.class.getName(), "file:yaml/score.camel.yaml"));
    }

    @AfterAll
    static void stop() throws Exception {
        for (Example example : EXAMPLES.values()) {
            example.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "xml", "yaml", "kamelets", "command line"})
    void eachScoresTheRequest(String name) throws Exception {
        assertThat(EXAMPLES.get(name).written("scores/monday.json")).isEqualTo(SCORES);
    }

    @Test
    void theKameletOfEventsTellsHowItEnded() throws Exception {
        String text = EXAMPLES.get("kamelets").written("events/io.camelnotebook.job.succeeded.json");

        JsonNode event = new ObjectMapper().readTree(text);
        assertThat(event.path("type").asText()).isEqualTo("io.camelnotebook.job.succeeded");
        assertThat(event.at("/data/results/mean").asDouble()).isEqualTo(86.65);
    }

    @Test
    void theReadmeNamesEveryExampleAndTheScores() throws Exception {
        assertThat(Files.readString(Path.of("examples/README.md")))
                .contains(
                        SCORES, "java/ScoreRequests.java", "xml/score.camel.xml", "yaml/score.camel.yaml", "kamelets/");
    }

    @Test
    void theirBuildHasTheVersionsOfThisOne() throws Exception {
        String build = Files.readString(Path.of("pom.xml"));
        String examples = Files.readString(Path.of("examples/pom.xml"));

        assertThat(first(examples, "<camel.version>(.+?)<")).isEqualTo(first(build, "<camel.version>(.+?)<"));
        assertThat(first(examples, "<camel-notebook.version>(.+?)<"))
                .isEqualTo(first(build, "<artifactId>camel-notebook</artifactId>\\s*<version>(.+?)<"));
        assertThat(Files.readString(Path.of("examples/README.md")))
                .contains("camel-notebook:" + first(examples, "<camel-notebook.version>(.+?)<"));
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
