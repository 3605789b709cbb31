package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.camelnotebook.run.RunSummary;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in tables of a real PostgreSQL, which asks for a password, and of SQLite, on good days and bad ones. */
class DatabaseDestinationIT {

    private static final String PASSWORD = "p0stgres-passw0rd";
    private static final String TABLE = """
            CREATE TABLE reports.jobs (
              event_id text PRIMARY KEY, run text, job text, label text, attempt integer, status text,
              started timestamptz, seconds double precision, parameters jsonb, i integer, error text,
              noted timestamptz DEFAULT now())""";

    private static EmbeddedPostgres server;
    private static Jdbi owner;

    private final Path folder;
    private final Path secret;

    DatabaseDestinationIT(@TempDir Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("engine"));
        secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
    }

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setDataDirectory(data.resolve("postgres"))
                .start();
        owner = Jdbi.create(server.getPostgresDatabase());
        // It lets in whoever comes, unless it is told.
        Files.writeString(
                data.resolve("postgres/pg_hba.conf"),
                "host all engine all scram-sha-256\nhost all postgres all trust\nlocal all all trust\n");
        owner.useHandle(handle -> {
            handle.execute("SELECT pg_reload_conf()");
            handle.execute("CREATE ROLE engine LOGIN PASSWORD '" + PASSWORD + "'");
            handle.execute("CREATE SCHEMA reports");
            handle.execute("GRANT USAGE ON SCHEMA reports TO engine");
            handle.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA reports GRANT SELECT, INSERT ON TABLES TO engine");
        });
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createTable() {
        owner.useHandle(handle -> {
            handle.execute("DROP TABLE IF EXISTS reports.jobs");
            handle.execute(TABLE);
        });
    }

    private Publishing publishing(int port, String retries) throws Exception {
        return new Publishing(
                folder,
                Map.of(
                        "there",
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?socketTimeout=1",
                        "there.username",
                        "engine",
                        "there.password",
                        "{{file:" + secret + "}}",
                        "there.table",
                        "reports.jobs",
                        "notebook.publish.retries",
                        retries));
    }

    private static List<Map<String, Object>> rows(Jdbi database, String table) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM " + table + " ORDER BY label")
                .mapToMap()
                .map(row -> (Map<String, Object>) new HashMap<>(row))
                .list());
    }

    @Test
    void eachJobIsARowAndASecondDeliveryMakesNone() throws Exception {
        try (Publishing publishing = publishing(server.getPort(), "0")) {
            RunSummary summary = publishing.published(3);
            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            publishing.deliverAgain();

            List<Map<String, Object>> rows = rows(owner, "reports.jobs");
            assertThat(rows)
                    .extracting(row -> row.get("event_id"), row -> row.get("label"), row -> row.get("i"))
                    .containsExactly(
                            tuple(summary.id() + "/a[l0]/1", "l0", 0),
                            tuple(summary.id() + "/a[l1]/1", "l1", 1),
                            tuple(summary.id() + "/a[l2]/1", "l2", 2));
            assertThat(rows.get(1)).containsEntry("status", "succeeded").containsEntry("error", null);
            assertThat(rows.get(1).get("parameters")).hasToString("{\"i\": 1}");
            assertThat(rows.get(1).get("noted")).isNotNull();
            assertThat(rows.get(1).get("started")).isNotNull();
            assertThat(publishing.everything(summary)).contains("there").doesNotContain(PASSWORD);
        }
    }

    @Test
    void aDatabaseThatIsAwayAtTheStartAndInMidRunGetsEveryRowOnce() throws Exception {
        try (Link link = new Link(server.getPort());
                Publishing publishing = publishing(link.port(), "9")) {
            link.cut();
            CompletableFuture<RunSummary> first = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log()).contains("WARN Not delivered: n_l0.json to there: ", "refused");
            link.mend();
            assertThat(first.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();

            // It is slow, which is told when its time is over, and then it is gone.
            link.stall();
            CompletableFuture<RunSummary> second = publishing.publish(2);
            await().until(publishing::log, log -> log.contains("n_l1.json to there"));
            link.cut();
            link.mend();

            assertThat(second.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(rows(owner, "reports.jobs")).hasSize(3);
            assertThat(publishing.log()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void aTableThatIsNotThereIsToldAndGetsItsRowsAsSoonAsItIs() throws Exception {
        owner.useHandle(handle -> handle.execute("DROP TABLE reports.jobs"));
        try (Publishing publishing = publishing(server.getPort(), "9")) {
            CompletableFuture<RunSummary> run = publishing.publish(1);
            await().until(publishing::log, log -> log.contains("trying again, 1 of 9"));
            assertThat(publishing.log()).contains("relation \"reports.jobs\" does not exist");
            owner.useHandle(handle -> handle.execute(TABLE));

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
        }
    }

    @Test
    void aTableThatIsLockedGetsItsRowsOnceWhenItIsFree() throws Exception {
        try (Publishing publishing = publishing(server.getPort(), "9");
                Handle other = owner.open()) {
            other.begin();
            other.execute("LOCK TABLE reports.jobs IN EXCLUSIVE MODE");
            CompletableFuture<RunSummary> run = publishing.publish(2);
            await().until(
                            publishing::log,
                            log -> log.contains("n_l0.json to there") && log.contains("n_l1.json to there"));
            assertThat(publishing.log()).contains("Not delivered: n_l0.json to there: ", "timed out");
            // The database may still do what was asked of it in vain.
            other.rollback();

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(rows(owner, "reports.jobs")).hasSize(2);
        }
    }

    @Test
    void aDatabaseThatIsFullGetsItsRowsOnceThereIsRoom() throws Exception {
        Path file = folder.resolve("full.db");
        Jdbi sqlite = Jdbi.create("jdbc:sqlite:" + file);
        sqlite.useHandle(handle -> {
            handle.execute("CREATE TABLE jobs (event_id TEXT PRIMARY KEY, label TEXT,"
                    + " noise TEXT DEFAULT (hex(randomblob(600))))");
            handle.execute("CREATE TABLE other AS SELECT randomblob(100000) AS data");
        });
        long pages = sqlite.withHandle(handle ->
                handle.createQuery("PRAGMA page_count").mapTo(Long.class).one());
        try (Publishing publishing = new Publishing(
                folder,
                Map.of(
                        "there",
                        "jdbc:sqlite:" + file + "?max_page_count=" + pages,
                        "there.table",
                        "jobs",
                        "notebook.publish.retries",
                        "9"))) {
            CompletableFuture<RunSummary> run = publishing.publish(20);
            await().until(publishing::log, log -> log.contains("trying again, 2 of 9"));
            assertThat(publishing.log()).contains("database or disk is full");
            sqlite.useHandle(handle -> handle.execute("DROP TABLE other"));

            assertThat(run.get(30, TimeUnit.SECONDS).undelivered())
                    .as(publishing.log())
                    .isZero();
            assertThat(rows(sqlite, "jobs")).hasSize(20);
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Files.writeString(secret, "wr0ng-one");
        try (Publishing publishing = publishing(server.getPort(), "1")) {
            RunSummary summary = publishing.published(1);

            assertThat(summary.undelivered()).isEqualTo(1);
            assertThat(summary.problems().get(0))
                    .contains("n_l0.json was not delivered to there: ", "password authentication failed", "engine");
            assertThat(publishing.everything(summary)).doesNotContain("wr0ng-one");
        }
    }

    @Test
    void aTableOfSqliteIsFilledToo() throws Exception {
        Jdbi sqlite = Jdbi.create("jdbc:sqlite:" + folder.resolve("reports.db"));
        sqlite.useHandle(handle -> handle.execute("CREATE TABLE jobs (event_id TEXT PRIMARY KEY, label, i INTEGER)"));
        try (Publishing publishing = new Publishing(
                folder, Map.of("there", "jdbc:sqlite:" + folder.resolve("reports.db"), "there.table", "jobs"))) {
            RunSummary summary = publishing.published(20);
            assertThat(summary.undelivered()).as(publishing.log()).isZero();
            // Those that come at once wait for each other.
            assertThat(publishing.log()).doesNotContain("Not delivered");
            publishing.deliverAgain();
        }
        assertThat(rows(sqlite, "jobs"))
                .hasSize(20)
                .extracting(row -> row.get("i"))
                .contains(0, 19);
    }
}
