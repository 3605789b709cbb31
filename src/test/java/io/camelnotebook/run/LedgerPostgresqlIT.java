package io.camelnotebook.run;

import static io.camelnotebook.run.JobMessages.NODES;
import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in a real PostgreSQL: it tells the same as the one in SQLite. */
class LedgerPostgresqlIT {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-14T09:26:53Z"), ZoneOffset.UTC);

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** In a schema of its own, which is not there yet. */
    private static LedgerLocation location(String schema) {
        Jdbi.create(server.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE SCHEMA " + schema));
        return LedgerLocation.of("jdbc:postgresql://127.0.0.1:" + server.getPort()
                + "/postgres?user=postgres&password=s3cret&currentSchema=" + schema);
    }

    /** A run with a retry, a failure, results, and a cut; then what the ledger tells of it. */
    private static List<Object> told(LedgerLocation location) {
        List<Object> told = new ArrayList<>();
        try (Ledger ledger = Ledger.open(location, CLOCK)) {
            ledger.runStarted(
                    "r",
                    "churn",
                    "configs/churn.yaml",
                    3,
                    new RunOrigin("abc", "x.yaml", Map.of("n", NODES.numberNode(1))));
            JobMessage train = job("train");
            ledger.jobsQueued(List.of(train, job("other")));
            ledger.jobStarted(train);
            ledger.attemptEnded(failed(train), 2);
            told.add(ledger.history().jobs("r"));
            JobMessage again = JobMessages.withAttempt(train, 2);
            ledger.jobsQueued(List.of(again));
            ledger.jobStarted(again);
            ledger.jobEnded(
                    succeeded(again, Map.of("auc", NODES.numberNode(0.123456789012345), "Ü", NODES.nullNode())));
            ledger.published("r", "train", "r/train/2", "file:full", "n.ipynb", "No space \0 left");
            ledger.published("r", "train", "r/train/2", "file:there", "n.ipynb", null);
            JobMessage strange = job("s\0", "strange", 0, "s\0", Map.of("p\0", NODES.textNode("a\0b")), List.of());
            ledger.jobsQueued(List.of(strange));
            ledger.jobEnded(succeeded(strange, Map.of("r\0", NODES.textNode("c\0d"))));
            told.add(ledger.finished("r", "strange"));
            ledger.jobStarted(job("other"));
            ledger.jobNotRun(job("compare"), JobState.SKIPPED, "it needs 'other'");
            told.add(ledger.history().run("latest"));
            told.add(ledger.history().jobs("r"));
            told.add(ledger.jobs("r"));
            told.add(ledger.finished("r", "train"));
            told.add(ledger.reusable("key"));
            told.add(ledger.resumption().unfinished("x.yaml", "abc"));
            told.add(ledger.resumption().unpublished("r"));
            told.add(ledger.resumption().undelivered("r"));
            told.add(ledger.resumption().isDelivered("r", "train", "r/train/2", "file:there", "n.ipynb"));
            Slice far = new Slice(5_000_000_000L, 7, 6_000_000_000L, 6_000_000_070L);
            ChunkRows.Row late = new ChunkRows.Row(2, far, 3, 1, 0.123456789012345, null);
            ledger.chunks().note(train, "w", late, List.of());
            ledger.chunks()
                    .note(
                            train,
                            "w",
                            new ChunkRows.Row(1, new Slice(0, 1, 0, 9), 1, 0, 1.5, null),
                            List.of(new ChunkRows.Written(1, 7_000_000_000L)));
            told.add(ledger.chunks().done(train, "w"));
            told.add(ledger.chunks().done(train, "other"));
            ledger.chunks().forget(train, 1);
            told.add(ledger.chunks().done(train, "w"));
            ledger.chunks().forget(train);
            told.add(ledger.chunks().done(train, "w"));
            ledger.runEnded("r", RunState.FAILED);
            told.add(ledger.history().endOf("x.yaml", "abc"));
            ledger.resumption().reopen("r", Redo.UNSUCCESSFUL);
            told.add(ledger.resumption().over("r", Redo.UNSUCCESSFUL));
            told.add(ledger.resumption().attempt("r", "other"));
            ledger.settled(again);
            ledger.runEnded("r", RunState.FAILED);
            told.add(ledger.history().endOf("x.yaml", "abc"));
            told.add(ledger.history().jobs("r"));
        }
        return told;
    }

    private static JobResult failed(JobMessage job) {
        return JobMessages.result(
                job, JobState.FAILED, new JobResult.Failure(3, "ValueError", "no \0 rows", List.of("at \0")), Map.of());
    }

    @Test
    void itTellsTheSameAsTheOneInSqlite(@TempDir Path folder) {
        List<Object> inSqlite = told(LedgerLocation.file(folder.resolve("runs.db")));

        assertThat(told(location("same"))).isEqualTo(inSqlite);
        assertThat(inSqlite.toString())
                .contains("0.123456789012345", "no \uFFFD rows", "No space \uFFFD left", "label=s\uFFFD", "c\\u0000d");
    }

    @Test
    void anotherEngineFindsWhatTheFirstOneWrote() {
        LedgerLocation location = location("again");
        told(location);

        try (Ledger ledger = Ledger.open(location, CLOCK)) {
            assertThat(ledger.history().run("latest").state()).isEqualTo(RunState.FAILED);
        }
    }

    @Test
    void theFailureOfOneWriteIsNotThatOfTheLedger() {
        try (Ledger ledger = Ledger.open(location("failure"), CLOCK)) {
            ledger.runStarted("r", "p", "c", 1, RunOrigin.UNKNOWN);

            assertThatThrownBy(() -> ledger.runStarted("r", "p", "c", 1, RunOrigin.UNKNOWN))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("duplicate key");

            ledger.runStarted("s", "p", "c", 1, RunOrigin.UNKNOWN);
            assertThat(ledger.history().runs(9)).hasSize(2);
        }
    }

    @Test
    void theDocumentedQueriesFindTheSame() throws IOException {
        LedgerLocation location = location("documented");
        LedgerDocumentationTest.fill(location);
        List<String> queries = LedgerDocumentationTest.queries().stream()
                // As the document says.
                .map(query -> query.replace("json_extract(results, '$.auc')", "(results::json->>'auc')::float"))
                .toList();

        LedgerDocumentationTest.assertFound(queries, location.url());
    }

    @Test
    void whatFailsToBeReadOrWrittenIsToldWithoutThePassword() {
        try (LedgerDatabase database = LedgerDatabase.open(location("told"))) {
            assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO run (id) VALUES ('s3cret')")))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be written: ERROR: null value in column")
                    .hasMessageContaining("go on with 'camel-notebook run --resume RUN'")
                    .hasMessageNotContainingAny("s3cret")
                    .hasNoCause();
            assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT 's3cret'::int")))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be read: ERROR: invalid input syntax for type integer: \"***\"")
                    .hasNoCause();
        }
    }

    @Test
    void aServerThatIsNotThereIsToldWithoutThePassword() {
        LedgerLocation nowhere =
                LedgerLocation.of("jdbc:postgresql://127.0.0.1:1/notebooks?user=me&password=s3cret&connectTimeout=5");

        assertThatThrownBy(() -> Ledger.open(nowhere, CLOCK))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("the ledger jdbc:postgresql://127.0.0.1:1/notebooks cannot be opened: ")
                .hasMessageContaining("check notebook.ledger")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("s3cret");
    }
}
