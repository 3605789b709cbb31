package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} does when files can no longer be written: it says so, and what was complete stays. */
class FullDiskIT {

    private static final Pattern SUCCEEDED = Pattern.compile("(?m)^\\S+ +succeeded .* (\\S+\\.ipynb)$");

    private Path directory;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.writeFakeKernelSpec(directory);
        Notebooks.write(directory.resolve("small.ipynb"), "small");
        Notebooks.write(directory.resolve("large.ipynb"), "flood 40000");
    }

    @Test
    void aNotebookThatCannotBeWrittenFailsItsJobAlone() throws Exception {
        Files.writeString(directory.resolve("p.yaml"), """
                defaults: {kernel: fake}
                jobs:
                  small: {notebook: small.ipynb}
                  large: {notebook: large.ipynb, needs: small}
                  after: {notebook: small.ipynb, needs: large, label: after}
                  other: {notebook: small.ipynb, needs: small, label: other}
                """);

        Engine engine = runWithFilesUpTo(400_000);

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        assertThat(engine.out())
                .contains(
                        "large: OutputNotWritten: the executed notebook could not be written to"
                                + " outputs/large/large/large_large.ipynb: File too large; make room",
                        "2 succeeded, 1 failed, 1 skipped");
        assertThat(engine.out() + engine.err()).doesNotContain("\tat ");
        assertThatWhatSucceededIsWhole(engine, 2);
    }

    @Test
    void aLedgerThatCannotBeWrittenEndsTheRunAndKeepsWhatWasComplete() throws Exception {
        String jobs = IntStream.range(0, 60)
                .mapToObj(i -> "  j" + i + ": {notebook: small.ipynb, kernel: fake, label: l" + i + "}\n")
                .collect(Collectors.joining());
        Files.writeString(directory.resolve("p.yaml"), "jobs:\n" + jobs);

        Engine engine = runWithFilesUpTo(500_000);

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        assertThat(engine.err().lines().filter(line -> line.startsWith("camel-notebook: ")))
                .singleElement()
                .asString()
                .startsWith("camel-notebook: the ledger outputs/runs.db cannot be written: ")
                .contains("make room");
        assertThat(engine.out() + engine.err()).doesNotContain("\tat ", "should not have happened");
        engine.awaitNoProcess(Duration.ofSeconds(5));
        assertThatWhatSucceededIsWhole(engine, 1);
        assertThat(ledger("PRAGMA integrity_check")).containsExactly("ok");

        Engine again = Engine.run(directory, "run", "-j", "2", "p.yaml");
        assertThat(again.exitStatus()).as(again.err()).isZero();
        assertThat(ledger("SELECT COUNT(*) FROM job WHERE state = 'succeeded' AND run = (SELECT MAX(id) FROM run)"))
                .containsExactly("60");
    }

    private Engine runWithFilesUpTo(long bytes) throws Exception {
        Engine engine = Engine.start(directory, "run", "-j", "2", "p.yaml");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(engine.err()).contains("p: run "));
        engine.limitFiles(bytes);
        engine.exitStatus();
        return engine;
    }

    private void assertThatWhatSucceededIsWhole(Engine engine, int atLeast) throws IOException {
        List<String> notebooks = SUCCEEDED
                .matcher(engine.out())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(notebooks).as(engine.out()).hasSizeGreaterThanOrEqualTo(atLeast);
        for (String notebook : notebooks) {
            assertThat(Notebooks.printed(directory.resolve(notebook))).isEqualTo("small");
            assertThat(Notebooks.json(directory.resolve(notebook.replace(".ipynb", ".json")))
                            .at("/data/status")
                            .asText())
                    .isEqualTo("succeeded");
        }
    }

    private List<String> ledger(String sql) {
        return Jdbi.create("jdbc:sqlite:" + directory.resolve("outputs/runs.db"))
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
