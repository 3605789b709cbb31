package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, with the ledger in a real PostgreSQL. */
class PostgresqlRunIT {

    private final Path directory;
    private EmbeddedPostgres server;

    PostgresqlRunIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        Files.writeString(
                directory.resolve("application.properties"),
                "notebook.ledger=jdbc:postgresql://127.0.0.1:" + server.getPort()
                        + "/postgres?user=postgres&password=s3cret-s3cret\n");
        Notebooks.write(
                directory.resolve("train.ipynb"),
                "rate = 0.0",
                "from camel_notebook import record\nrecord('auc', rate * 2)\n"
                        + "with open('executions', 'a') as file: file.write('train\\n')");
        Notebooks.write(
                directory.resolve("compare.ipynb"),
                "runs = []\nseconds = 0",
                "import time\nwith open('executions', 'a') as file: file.write('compare\\n')\n"
                        + "time.sleep(seconds)\nprint(max(run['results']['auc'] for run in runs))");
        Files.writeString(directory.resolve("p.yaml"), """
                jobs:
                  train: {notebook: train.ipynb, matrix: {rate: [0.25, 0.5]}, label: "r${matrix.rate}"}
                  compare:
                    notebook: compare.ipynb
                    needs: train
                    label: all
                    parameters: {runs: "${jobs.train.results}", seconds: 8}
                """);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private List<String> query(String sql) {
        return Jdbi.create(server.getPostgresDatabase())
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void aRunIsKilledShownResumedAndReported() throws Exception {
        try (Engine killed = Engine.start(directory, "run", "p.yaml")) {
            await().atMost(Duration.ofSeconds(80))
                    .untilAsserted(() -> assertThat(killed.err()).contains("started     compare"));
            killed.signal("KILL");
            killed.awaitNoProcess(Duration.ofSeconds(10));
        }
        assertThat(Engine.run(directory, "runs").out()).contains("running", "2 succeeded");

        Engine resumed = Engine.run(directory, "run", "--resume", "latest");

        assertThat(resumed.exitStatus()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(directory.resolve("executions")))
                .startsWith("train", "train")
                .filteredOn("train"::equals)
                .hasSize(2);
        JsonNode shown = new ObjectMapper()
                .readTree(Engine.run(directory, "show", "latest", "--json").out());
        assertThat(shown.path("state").asText()).isEqualTo("succeeded");
        assertThat(shown.path("jobs").findValuesAsText("state")).containsOnly("succeeded");
        String page = Engine.run(directory, "report").out().strip();
        assertThat(directory.resolve(page)).content().contains("../train/r0.25/train_r0.25.ipynb", "auc");
        assertThat(directory.resolve("outputs/p/results.csv"))
                .content()
                .contains("results.auc", "train[r0.5],r0.5,0.5,");
        assertThat(query("SELECT id || ' ' || state || ' ' || attempt FROM job ORDER BY id"))
                .containsExactly("compare succeeded 2", "train[r0.25] succeeded 1", "train[r0.5] succeeded 1");
        assertThat(directory.resolve("outputs/runs.db")).doesNotExist();
        assertThat(resumed.err() + resumed.out()).doesNotContain("s3cret");
    }
}
