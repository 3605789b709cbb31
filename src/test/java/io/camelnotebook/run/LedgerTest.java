package io.camelnotebook.run;

import static io.camelnotebook.run.JobMessages.NODES;
import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is looked at as users do: with SQL, from outside, while the ledger is open. */
class LedgerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-14T09:26:53Z"), ZoneOffset.UTC);

    private final Path file;
    private final Ledger ledger;

    LedgerTest(@TempDir Path folder) {
        file = folder.resolve("outputs/runs.db");
        ledger = Ledger.open(file, CLOCK);
        ledger.runStarted("r", "churn", "configs/churn.yaml", 3, RunOrigin.UNKNOWN);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private List<String> sql(String query) {
        return Jdbi.create("jdbc:sqlite:" + file)
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Test
    void aRunIsThereFromItsStartAndHasItsEnd() {
        assertThat(sql("SELECT id || ' ' || pipeline || ' ' || config || ' ' || jobs || ' ' || state FROM run"))
                .containsExactly("r churn configs/churn.yaml 3 running");

        ledger.runEnded("r", RunState.FAILED);

        assertThat(sql("SELECT state || ' ' || started || ' ' || ended FROM run"))
                .containsExactly("failed 2026-03-14T09:26:53Z 2026-03-14T09:26:53Z");
    }

    @Test
    void everyStateOfAJobIsKeptInOrder() {
        JobMessage job = job("train");

        ledger.jobsQueued(List.of(job));
        assertThat(sql("SELECT state FROM job")).containsExactly("queued");
        ledger.jobStarted(job);
        assertThat(sql("SELECT state FROM job")).containsExactly("running");
        ledger.jobEnded(succeeded(job, Map.of()));

        assertThat(sql("SELECT state FROM job")).containsExactly("succeeded");
        assertThat(sql("SELECT state FROM state_change WHERE run = 'r' AND job = 'train' ORDER BY rowid"))
                .containsExactly("queued", "running", "succeeded");
    }

    @Test
    void jobsAreListedAsTheConfigFileHasThemInWhateverOrderTheyCame() {
        ledger.templates("r", List.of("prepare", "train", "compare"));

        ledger.jobsQueued(List.of(job("compare")));
        ledger.jobsQueued(List.of(job("train[1]", "train", 1, "1", Map.of(), List.of())));
        ledger.jobsQueued(List.of(job("train[0]", "train", 0, "0", Map.of(), List.of()), job("prepare")));

        assertThat(ledger.jobs("r"))
                .extracting(Ledger.Entry::id)
                .containsExactly("prepare", "train[0]", "train[1]", "compare");
    }

    @Test
    void resultsComeBackAsTheyWere() {
        JobMessage job = job("train", "train", 0, "train", Map.of("rows", NODES.numberNode(100)), List.of());
        ledger.jobsQueued(List.of(job));

        ledger.jobEnded(succeeded(job, Map.of("auc", NODES.numberNode(0.93), "name", NODES.textNode("ridge Ü"))));

        assertThat(ledger.jobs("r"))
                .containsExactly(new Ledger.Entry(
                        "train",
                        "train",
                        JobState.SUCCEEDED,
                        "outputs/n/train/n_train.ipynb",
                        Map.of("rows", NODES.numberNode(100)),
                        Map.of("auc", NODES.numberNode(0.93), "name", NODES.textNode("ridge Ü")),
                        2.5));
        assertThat(sql("SELECT json_extract(results, '$.auc') FROM job")).containsExactly("0.93");
    }

    @Test
    void anErrorIsKeptInALine() {
        JobMessage job = job("train");
        ledger.jobsQueued(List.of(job));

        ledger.jobEnded(JobMessages.result(
                job, JobState.FAILED, new JobResult.Failure(3, "ValueError", "no rows", List.of()), Map.of()));

        assertThat(sql("SELECT state || ': ' || error FROM job")).containsExactly("failed: ValueError: no rows");
    }

    @Test
    void aJobThatIsNotRunHasItsReasonAndNoSeconds() {
        ledger.jobNotRun(job("compare"), JobState.SKIPPED, "it needs 'train', which did not succeed");

        assertThat(sql("SELECT state || ': ' || error FROM job"))
                .containsExactly("skipped: it needs 'train', which did not succeed");
        assertThat(ledger.jobs("r")).singleElement().satisfies(entry -> {
            assertThat(entry.seconds()).isNull();
            assertThat(entry.results()).isEmpty();
        });
    }

    @Test
    void secretParametersAreNotWritten() throws IOException {
        JobMessage job = job(
                "load",
                "load",
                0,
                "load",
                Map.of(
                        "db_password", NODES.textNode("hunter2"),
                        "source", NODES.textNode("postgresql://ann:hunter2@db/x")),
                List.of());

        ledger.jobsQueued(List.of(job));
        ledger.published("r", "load", "r/load/1", "sftp://ann:hunter2@host/in", "n_load.ipynb", null);
        ledger.close();

        assertThat(sql("SELECT parameters FROM job"))
                .singleElement()
                .asString()
                .contains("\"db_password\":\"***\"", "postgresql://ann:***@db/x");
        assertThat(sql("SELECT destination FROM publication")).containsExactly("sftp://ann:***@host/in");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    }

    @Test
    void whatArrivedWhereAndWhatDidNotIsKept() {
        ledger.published("r", "train", "r/train/1", "file:shared", "n_train.ipynb", null);
        ledger.published("r", "train", "r/train/1", "file:full", "n_train.ipynb", "No space left on device");

        assertThat(sql("SELECT destination || ' ' || state || ' ' || coalesce(error, '') FROM publication"
                        + " ORDER BY rowid"))
                .containsExactly("file:shared delivered ", "file:full undelivered No space left on device");
    }

    @Test
    void theJobsOfATemplateComeInTheTemplatesOrder() {
        for (int index : List.of(2, 0, 1)) {
            ledger.jobsQueued(List.of(job("t[" + index + "]", "t", index, "l" + index, Map.of(), List.of())));
        }
        ledger.jobsQueued(List.of(job("other")));

        assertThat(ledger.jobs("r", "t")).extracting(Ledger.Entry::id).containsExactly("t[0]", "t[1]", "t[2]");
    }

    @Test
    void aLedgerThatIsOpenedAgainHasWhatItHad() {
        ledger.jobsQueued(List.of(job("train")));
        ledger.close();

        try (Ledger again = Ledger.open(file, CLOCK)) {
            assertThat(again.jobs("r")).extracting(Ledger.Entry::state).containsExactly(JobState.QUEUED);
        }
    }

    @Test
    void whatTwoConnectionsWriteIsKept() {
        try (Ledger other = Ledger.open(file, CLOCK)) {
            other.runStarted("s", "other", "configs/other.yaml", 1, RunOrigin.UNKNOWN);
            ledger.jobsQueued(List.of(job("train")));
        }

        assertThat(sql("SELECT id FROM run ORDER BY id")).containsExactly("r", "s");
        assertThat(sql("SELECT id FROM job")).containsExactly("train");
    }

    @Test
    void enginesThatStartAtOnceInANewFolderMakeOneLedger(@TempDir Path other) throws Exception {
        ExecutorService engines = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 5; round++) {
                Path fresh = other.resolve("outputs" + round + "/runs.db");
                CyclicBarrier together = new CyclicBarrier(6);
                List<Future<Void>> started = engines.invokeAll(Collections.nCopies(6, () -> {
                    together.await();
                    Ledger.open(fresh, CLOCK).close();
                    return null;
                }));
                for (Future<Void> engine : started) {
                    engine.get();
                }
            }
        } finally {
            engines.shutdown();
        }
    }

    @Test
    void theNewestMigrationIsTheOneThatAnOpenedLedgerIsExpectedToHave() {
        assertThat(sql("SELECT version FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1"))
                .containsExactly(LedgerLocation.schema());
    }

    @Test
    void numbersThatJsonDoesNotHaveComeBackAsNumbers() {
        JobMessage job = job("train");
        ledger.jobsQueued(List.of(job));

        ledger.jobEnded(succeeded(job, Map.of("auc", NODES.numberNode(Double.NaN))));

        assertThat(ledger.jobs("r"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.results())
                        .hasEntrySatisfying(
                                "auc", value -> assertThat(value.doubleValue()).isNaN()));
    }

    @Test
    void whatWasGivenUpIsUnpublishedAgainWhenItsRunGoesOn() {
        JobMessage arrived = job("arrived");
        JobMessage lost = job("lost");
        for (JobMessage job : List.of(arrived, lost)) {
            ledger.jobsQueued(List.of(job));
            ledger.jobEnded(succeeded(job, Map.of()));
        }
        ledger.published("r", "arrived", "r/arrived/1", "file:a", "n.json", null);
        ledger.published("r", "lost", "r/lost/1", "file:a", "n.ipynb", null);
        ledger.published("r", "lost", "r/lost/1", "file:a", "n.json", "No space left on device");
        ledger.settled(arrived);
        ledger.settled(lost);

        ledger.resumption().reopen("r", Redo.UNSUCCESSFUL);

        assertThat(ledger.resumption().unpublished("r"))
                .extracting(result -> result.job().job())
                .containsExactly("lost");
        assertThat(ledger.resumption().undelivered("r")).isZero();
        assertThat(ledger.resumption().isDelivered("r", "lost", "r/lost/1", "file:a", "n.ipynb"))
                .isTrue();
        assertThat(ledger.resumption().isDelivered("r", "lost", "r/lost/1", "file:a", "n.json"))
                .isFalse();

        ledger.published("r", "lost", "r/lost/1", "file:a", "n.json", null);
        ledger.settled(lost);
        assertThat(ledger.resumption().unpublished("r")).isEmpty();
    }

    @Test
    void aFileThatIsNoLedgerIsRefusedWithARemedy(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("runs.db"), "this is a text, and a rather long one ".repeat(20));

        assertThatThrownBy(() -> Ledger.open(text, CLOCK))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("the ledger " + text + " cannot be opened: ")
                .hasMessageEndingWith("name another one with --outputs");
    }
}
