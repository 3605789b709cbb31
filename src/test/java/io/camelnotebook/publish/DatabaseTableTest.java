package io.camelnotebook.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTableTest {

    private static final String RECORD = """
            {"id": "r/train/2", "correlationid": "order 7", "data": {
              "run": "r", "pipeline": "churn", "job": "train", "label": "l", "attempt": 2, "status": "failed",
              "parameters": {"Rows": 10, "name": "p", "deep": {"a": [1]}}, "results": {"auc": 0.75, "name": "r", "ok": true},
              "error": {"cell": 1, "ename": "ValueError", "evalue": "no rows", "traceback": ["at"]},
              "kernel": {"name": "python3"}, "notebook": {"path": "n.ipynb"}, "output": {"path": "out/n.ipynb"},
              "host": "h", "started": "2026-03-14T09:26:53Z", "ended": "2026-03-14T09:26:55Z", "run_seconds": 1.5}}
            """;

    private final String url;
    private final Jdbi database;

    DatabaseTableTest(@TempDir Path folder) {
        url = "jdbc:sqlite:" + folder.resolve("test.db");
        database = Jdbi.create(url);
    }

    private DatabaseTable table(String columns) {
        database.useHandle(handle -> handle.execute("CREATE TABLE jobs (" + columns + ")"));
        return new DatabaseTable(url, null, null, "jobs");
    }

    private List<Map<String, Object>> rows() {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM jobs").mapToMap().list());
    }

    @Test
    void columnsGetWhatIsKnownByTheirNamesAndOthersTheirDefaults() throws Exception {
        table(
                        "event_id TEXT PRIMARY KEY, correlation_id, run, pipeline, job, label, attempt, status, started TEXT, ended,"
                                + " seconds, host, kernel, notebook, output, error, parameters, results, AUC REAL, name, rows,"
                                + " ok, deep, mine TEXT DEFAULT 'm', \"order\" INTEGER")
                .insert(RECORD);

        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("event_id", "r/train/2")
                        .containsEntry("correlation_id", "order 7")
                        .containsEntry("run", "r")
                        .containsEntry("pipeline", "churn")
                        .containsEntry("job", "train")
                        .containsEntry("label", "l")
                        .containsEntry("attempt", 2)
                        .containsEntry("status", "failed")
                        .containsEntry("started", "2026-03-14T09:26:53Z")
                        .containsEntry("ended", "2026-03-14T09:26:55Z")
                        .containsEntry("seconds", 1.5)
                        .containsEntry("host", "h")
                        .containsEntry("kernel", "python3")
                        .containsEntry("notebook", "n.ipynb")
                        .containsEntry("output", "out/n.ipynb")
                        .containsEntry("error", "ValueError: no rows")
                        .containsEntry("results", "{\"auc\":0.75,\"name\":\"r\",\"ok\":true}")
                        .containsEntry("auc", 0.75)
                        // A result comes before a parameter of the same name.
                        .containsEntry("name", "r")
                        .containsEntry("rows", 10)
                        .containsEntry("ok", 1)
                        .containsEntry("deep", "{\"a\":[1]}")
                        .containsEntry("mine", "m")
                        .containsEntry("order", null));
    }

    @Test
    void theSameRecordIsInsertedOnceWhetherOrNotTheDatabaseWouldRefuseIt() throws Exception {
        DatabaseTable table = table("event_id, job");

        table.insert(RECORD);
        table.insert(RECORD);

        assertThat(rows()).hasSize(1);
    }

    @Test
    void withoutTheColumnForItsIdARecordCannotBeKnown() throws Exception {
        DatabaseTable table = table("job");

        table.insert(RECORD);
        table.insert(RECORD);

        assertThat(rows()).hasSize(2);
    }

    @Test
    void whatTheDatabaseRefusesIsToldInItsWords() {
        DatabaseTable refusing = table("event_id, job CHECK (job <> 'train')");

        assertThatThrownBy(() -> refusing.insert(RECORD))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("CHECK constraint failed");
        assertThat(rows()).isEmpty();
    }

    @Test
    void aTableThatHasNoColumnForAJobIsToldToBeSuch() {
        DatabaseTable foreign = table("colour, size");

        assertThatThrownBy(() -> foreign.insert(RECORD))
                .hasMessageContaining("the table jobs has no column for anything of a job, such as event_id");
    }
}
