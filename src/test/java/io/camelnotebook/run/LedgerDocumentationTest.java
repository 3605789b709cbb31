package io.camelnotebook.run;

import static io.camelnotebook.run.JobMessages.NODES;
import static io.camelnotebook.run.JobMessages.job;
import static io.camelnotebook.run.JobMessages.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented queries and tables of the ledger, against a real one. */
class LedgerDocumentationTest {

    private static final Pattern QUERY = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private final Path file;

    LedgerDocumentationTest(@TempDir Path folder) {
        file = folder.resolve("runs.db");
        fill(LedgerLocation.file(file));
    }

    /** What the queries are to find something in. */
    static void fill(LedgerLocation location) {
        try (Ledger ledger = Ledger.open(location, Clock.systemUTC())) {
            ledger.runStarted("r", "churn", "configs/churn.yaml", 2, RunOrigin.UNKNOWN);
            JobMessage train = job("train");
            ledger.jobsQueued(List.of(train));
            ledger.jobStarted(train);
            ledger.attemptEnded(failed(train), 2);
            JobMessage again = JobMessages.withAttempt(train, 2);
            ledger.jobsQueued(List.of(again));
            ledger.jobEnded(succeeded(again, Map.of("auc", NODES.numberNode(0.93))));
            ledger.jobsQueued(List.of(job("compare")));
            ledger.jobEnded(failed(job("compare")));
            ledger.published("r", "train", "r/train/2", "file:full", "n_train.ipynb", "No space left on device");
        }
    }

    private static JobResult failed(JobMessage job) {
        return JobMessages.result(
                job, JobState.FAILED, new JobResult.Failure(3, "ValueError", "no rows", List.of()), Map.of());
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/how-it-works.md"));
    }

    /** The documented queries, for SQLite. */
    static List<String> queries() throws IOException {
        return QUERY.matcher(document()).results().map(match -> match.group(1)).toList();
    }

    private String url() {
        return "jdbc:sqlite:" + file;
    }

    private static List<String> rows(String url, String query) {
        return Jdbi.create(url)
                .withHandle(handle -> handle.createQuery(query.strip().replaceFirst(";$", "")).mapToMap().stream()
                        .map(row -> String.join(
                                " ", row.values().stream().map(String::valueOf).toList()))
                        .toList());
    }

    @Test
    void everyQueryFindsWhatItSays() throws IOException {
        assertFound(queries(), url());
    }

    /** That the queries find what the document says, in a ledger that was filled. */
    static void assertFound(List<String> queries, String url) {
        List<List<String>> found =
                queries.stream().map(query -> rows(url, query)).toList();

        assertThat(found)
                .containsExactly(
                        List.of("compare failed 1 ValueError: no rows"),
                        List.of("r train 0.93"),
                        List.of("notebooks/n.ipynb 2 2.5 2.5"),
                        List.of("r train 1 failed ValueError: no rows", "r train 2 succeeded null"),
                        List.of(found.get(4).get(0)));
        assertThat(found.get(4).get(0)).startsWith("r train file:full n_train.ipynb No space left on device");
    }

    @Test
    void everyTableAndColumnIsDocumented() throws IOException {
        String document = document();
        document = document.substring(document.indexOf("### The ledger"));
        String section = document.substring(0, document.indexOf("## Going on"));

        for (String table :
                rows(url(), "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'flyway%'")) {
            String row = section.lines()
                    .filter(line -> line.startsWith("| `" + table + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(rows(url(), "SELECT name FROM pragma_table_info('" + table + "')"))
                    .allSatisfy(column -> assertThat(row).contains("`" + column + "`"));
        }
    }
}
