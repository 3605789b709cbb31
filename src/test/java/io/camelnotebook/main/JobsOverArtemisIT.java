package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two settings for the queues are all that changes when jobs and results go over a broker. */
class JobsOverArtemisIT {

    /** Runs a command with the two addresses that change for it, and no others. */
    private static Engine runOver(ArtemisBroker broker, Path directory, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "-Dnotebook.jobs=jms:queue:notebook.jobs?asyncConsumer=true",
                "-Dnotebook.results=jms:queue:notebook.results?concurrentConsumers=4"));
        words.addAll(List.of(command));
        return Engine.run(directory, broker.settings(words.toArray(String[]::new)));
    }

    @Test
    void chunksOfAMapGoOverTheBrokerToo(@TempDir Path directory) throws Exception {
        Notebooks.write(directory.resolve("note.ipynb"), "def f(x):\n    return x * x");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs: {a: {notebook: note.ipynb, map: {function: f, over: {range: [0, 300]}, chunk: 20}}}");
        try (ArtemisBroker broker =
                        ArtemisBroker.in(directory.resolve("broker")).start();
                Engine engine = runOver(broker, directory, "run", "p.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isZero();
            assertThat(Files.readAllLines(directory.resolve("outputs/note/a/note_a_results.jsonl")))
                    .hasSize(300)
                    .last()
                    .isEqualTo("{\"index\": 299, \"value\": 89401}");
        }
    }

    /** All of them are of one notebook and on their way at once, and what is slow is answered after what was sent later. */
    @Test
    void noJobGetsWhatIsAnothersThoughAllAreUnderWayAtOnce(@TempDir Path directory) throws Exception {
        Notebooks.write(directory.resolve("note.ipynb"), "word = ''", """
                import time
                from camel_notebook import record
                def f(x):
                    time.sleep(0.05 if x % 7 == 0 else 0)
                    return f'{word} {x}'
                time.sleep(0.3 if word.endswith('0') else 0)
                record('said', word)
                """);
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  a: {notebook: note.ipynb, parameters: {word: of a}, map: {function: f, over: {range: [0, 60]}, chunk: 4}}
                  b: {notebook: note.ipynb, parameters: {word: of b}, map: {function: f, over: {range: [0, 60]}, chunk: 4}}
                  one:
                    notebook: note.ipynb
                    label: "${matrix.word}"
                    matrix: {word: {range: [100, 120]}}
                    parameters: {word: "w${matrix.word}"}
                """);
        try (ArtemisBroker broker =
                        ArtemisBroker.in(directory.resolve("broker")).start();
                Engine engine = runOver(broker, directory, "run", "-j", "4", "p.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isZero();
            for (String map : List.of("a", "b")) {
                List<String> lines = Files.readAllLines(
                        directory.resolve("outputs/note/" + map + "/note_" + map + "_results.jsonl"));
                assertThat(lines).hasSize(60);
                for (int i = 0; i < 60; i++) {
                    assertThat(lines.get(i))
                            .isEqualTo("{\"index\": " + i + ", \"value\": \"of " + map + " " + i + "\"}");
                }
            }
            for (int word = 100; word < 120; word++) {
                assertThat(Notebooks.json(directory.resolve("outputs/note/" + word + "/note_" + word + ".json"))
                                .at("/data/results/said")
                                .asText())
                        .isEqualTo("w" + word);
            }
        }
    }

    /** The first engine takes one message at a time, so that the others wait in the broker when it is killed. */
    @Test
    void whatAKilledEngineLeftInTheBrokerIsNotRunBesideWhatTheNextOneSends(@TempDir Path directory) throws Exception {
        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''",
                "import os, time\nwith open('executions', 'a') as file: file.write(word + '\\n')\n"
                        + "time.sleep(60 if word == 'first' and not os.path.exists('killed') else 0.3)");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  first: {notebook: note.ipynb, label: first, priority: 1, parameters: {word: first}}
                  many: {notebook: note.ipynb, matrix: {word: [a, b, c, d, e, f]}}
                """);
        try (ArtemisBroker broker =
                ArtemisBroker.in(directory.resolve("broker")).start()) {
            try (Engine killed = Engine.start(
                    directory,
                    broker.settings(
                            "-Dnotebook.jobs=jms:queue:notebook.jobs",
                            "-Dnotebook.results=jms:queue:notebook.results",
                            "run",
                            "p.yaml"))) {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() ->
                                assertThat(directory.resolve("executions")).hasContent("first"));
                killed.signal("KILL");
                killed.awaitNoProcess(Duration.ofSeconds(10));
            }
            Files.createFile(directory.resolve("killed"));
            assertThat(broker.waiting("notebook.jobs")).isPositive();

            Engine next = runOver(broker, directory, "run", "--resume", "latest");

            assertThat(next.exitStatus()).as(next.err()).isZero();
            assertThat(Files.readAllLines(directory.resolve("executions")))
                    .as(next.err())
                    .containsExactlyInAnyOrder("first", "first", "a", "b", "c", "d", "e", "f");
            assertThat(broker.waiting("notebook.jobs")).isZero();
            assertThat(broker.waiting("notebook.results")).isZero();
        }
    }

    @Test
    void jobsAndTheirResultsGoOverTheBroker(@TempDir Path directory) throws Exception {
        Notebooks.write(
                directory.resolve("note.ipynb"),
                "word = ''",
                "from camel_notebook import record\nassert word != 'bad'\nrecord('said', word)");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  first: {notebook: note.ipynb, label: first, parameters: {word: one}}
                  many:
                    {notebook: note.ipynb, needs: first, matrix: {word: [two, three]}}
                  last:
                    {notebook: note.ipynb, needs: many, label: last, parameters: {word: "${jobs.many.results}"}}
                  bad: {notebook: note.ipynb, label: bad, parameters: {word: bad}}
                """);
        try (ArtemisBroker broker =
                        ArtemisBroker.in(directory.resolve("broker")).start();
                Engine engine = runOver(broker, directory, "run", "p.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
            assertThat(engine.out()).contains("4 succeeded, 1 failed");
            JsonNode record = Notebooks.json(directory.resolve("outputs/note/last/note_last.json"));
            assertThat(record.at("/data/results/said").findValuesAsText("said")).containsExactly("two", "three");
            assertThat(broker.waiting("notebook.jobs")).isZero();
            assertThat(broker.waiting("notebook.results")).isZero();
        }
    }
}
