package io.camelnotebook.run;

import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite finds the rows that a run needs: never by looking at those of all runs. */
class LedgerPlansTest {

    /** Tables that grow with the jobs of all runs, looked at from one end to the other. */
    private static final Pattern SCAN = Pattern.compile(
            "SCAN (job|chunk|job_template|attempt|state_change|publication|unpublished|job_output|job_file|[fjo])\\b.*");

    /** A run is walked by its index until there are as many as asked for. */
    private static final Pattern RUN_SCAN = Pattern.compile("SCAN run(?! USING INDEX).*");

    private final Path file;

    LedgerPlansTest(@TempDir Path folder) {
        file = folder.resolve("runs.db");
    }

    /** Does all that a ledger can, and gives the statements that it took. */
    private Set<String> statements() {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerLocation.file(file))) {
            Ledger ledger = Ledger.in(database, Clock.systemUTC());
            ledger.runStarted("r", "p", "c", 3, new RunOrigin("abc", "x.yaml", Map.of()));
            ledger.templates("r", List.of("a", "b", "c"));
            ledger.jobsQueued(List.of(job("a"), job("b")));
            ledger.jobStarted(job("a"));
            ledger.attemptEnded(succeeded(job("a"), Map.of()), 2);
            JobOutputs.Kept kept = new JobOutputs.Kept("a.csv", "11", 1);
            ledger.jobEnded(JobMessages.withOutputs(
                    succeeded(job("a"), Map.of()),
                    new JobOutputs(Map.of("f", new JobOutputs.Files(false, List.of(kept))), "key", null)));
            ledger.jobNotRun(job("c"), JobState.SKIPPED, "it needs 'b'");
            ledger.published("r", "a", "e", "file:x", "f", null);
            ledger.settled(job("a"));
            ChunkRows chunks = ledger.chunks();
            chunks.note(
                    job("a"),
                    "work",
                    new ChunkRows.Row(1, new Slice(0, 1, 0, 1), 1, 0, 1, null),
                    List.of(new ChunkRows.Written(1, 9)));
            assertThat(chunks.done(job("a"), "work")).hasSize(1);
            chunks.forget(job("a"), 1);
            chunks.forget(job("a"));
            ledger.jobs("r");
            ledger.finished("r", "a");
            assertThat(ledger.reusable("key")).hasSize(1);
            ledger.runEnded("r", RunState.FAILED);
            RunHistory history = ledger.history();
            history.runs(20);
            history.run("r");
            history.jobs("r");
            history.attempts("r");
            history.endOf("x.yaml", "abc");
            Resumption resumption = ledger.resumption();
            resumption.unfinished("x.yaml", "abc");
            resumption.over("r", Redo.UNSUCCESSFUL);
            resumption.reopen("r", Redo.UNSUCCESSFUL);
            resumption.attempt("r", "b");
            resumption.unpublished("r");
            resumption.undelivered("r");
            resumption.isDelivered("r", "a", "e", "file:x", "f");
            return database.statements();
        }
    }

    @Test
    void noStatementLooksAtTheRowsOfAllRuns() {
        Set<String> statements = statements();

        // One for each of the methods above at the least.
        assertThat(statements).hasSizeGreaterThan(25);
        assertThat(statements).allSatisfy(sql -> assertThat(plan(sql)).noneMatch(SCAN.asMatchPredicate()));
        assertThat(statements).allSatisfy(sql -> assertThat(plan(sql)).noneMatch(RUN_SCAN.asMatchPredicate()));
    }

    /** Its parameters are not bound: the plan is the same for all values. */
    private List<String> plan(String sql) {
        List<String> steps = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
            return steps;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
