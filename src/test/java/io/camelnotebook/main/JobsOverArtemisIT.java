package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two settings for the queues are all that changes when jobs and results go over a broker. */
class JobsOverArtemisIT {

    /** Runs {@code p.yaml} with the two addresses that change for it, and no others. */
    private static Engine runOver(ArtemisBroker broker, Path directory) throws Exception {
        return Engine.run(
                directory,
                broker.settings(
                        "-Dnotebook.jobs=jms:queue:notebook.jobs?asyncConsumer=true",
                        "-Dnotebook.results=jms:queue:notebook.results?concurrentConsumers=4",
                        "run",
                        "p.yaml"));
    }

    @Test
    void chunksOfAMapGoOverTheBrokerToo(@TempDir Path directory) throws Exception {
        Notebooks.write(directory.resolve("note.ipynb"), "def f(x):\n    return x * x");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs: {a: {notebook: note.ipynb, map: {function: f, over: {range: [0, 300]}, chunk: 20}}}");
        try (ArtemisBroker broker =
                        ArtemisBroker.in(directory.resolve("broker")).start();
                Engine engine = runOver(broker, directory)) {
            assertThat(engine.exitStatus()).as(engine.err()).isZero();
            assertThat(Files.readAllLines(directory.resolve("outputs/note/a/note_a_results.jsonl")))
                    .hasSize(300)
                    .last()
                    .isEqualTo("{\"index\": 299, \"value\": 89401}");
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
                Engine engine = runOver(broker, directory)) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
            assertThat(engine.out()).contains("4 succeeded, 1 failed");
            JsonNode record = Notebooks.json(directory.resolve("outputs/note/last/note_last.json"));
            assertThat(record.at("/data/results/said").findValuesAsText("said")).containsExactly("two", "three");
            assertThat(broker.waiting("notebook.jobs")).isZero();
            assertThat(broker.waiting("notebook.results")).isZero();
        }
    }
}
