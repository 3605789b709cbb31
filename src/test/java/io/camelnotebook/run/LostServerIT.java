package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger whose PostgreSQL cuts connections, is started anew, or stays away. */
class LostServerIT {

    private final Path data;
    private EmbeddedPostgres server;
    private LedgerDatabase database;

    LostServerIT(@TempDir Path folder) {
        data = folder.resolve("data");
    }

    @BeforeEach
    void start() throws IOException {
        server = server(0);
        database = LedgerDatabase.open(
                LedgerLocation.of(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres&password=s3cret"),
                Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
        server.close();
    }

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** Cuts all connections but the one that it uses for that. */
    private void cut() {
        Jdbi.create(server.getPostgresDatabase())
                .useHandle(handle -> handle.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"));
    }

    private static Consumer<Handle> insert(String run) {
        return handle -> handle.execute(
                "INSERT INTO run (id, pipeline, config, state, jobs, started) VALUES (?, 'p', 'c', 'running', 1, 'now')",
                run);
    }

    private List<String> runs() {
        return database.read(handle -> handle.createQuery("SELECT id FROM run ORDER BY id")
                .mapTo(String.class)
                .list());
    }

    @Test
    void aConnectionThatWasCutIsMadeAnewForAWriteAndForARead() {
        database.write(insert("a"));
        cut();
        database.write(insert("b"));
        cut();

        assertThat(runs()).containsExactly("a", "b");
    }

    @Test
    void aTransactionInWhichTheConnectionIsCutIsDoneOnce() {
        AtomicBoolean isFirst = new AtomicBoolean(true);

        database.write(handle -> {
            insert("a").accept(handle);
            if (isFirst.getAndSet(false)) {
                cut();
            }
            insert("b").accept(handle);
        });

        assertThat(runs()).containsExactly("a", "b");
    }

    @Test
    void aCommitOfWhichNobodyKnowsIsAnErrorAndWhatComesNextGoesOn() {
        assertThatThrownBy(() -> database.write(handle -> {
                    insert("a").accept(handle);
                    cut();
                }))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("the connection broke during a commit")
                .hasMessageContaining("run --resume RUN");

        database.write(insert("b"));
        assertThat(runs()).containsExactly("b");
    }

    @Test
    void aServerThatIsStartedAnewIsWaitedFor() throws Exception {
        database.write(insert("a"));
        int port = server.getPort();
        server.close();
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> database.write(insert("b")));
        await().during(Duration.ofMillis(500)).until(() -> !write.isDone());

        server = server(port);

        write.get(30, TimeUnit.SECONDS);
        assertThat(runs()).containsExactly("a", "b");
    }

    @Test
    void aServerThatStaysAwayIsAnErrorWithoutThePasswordAndWaitedForOnce() throws IOException {
        LedgerLocation location = LedgerLocation.of(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres&password=s3cret");
        try (LedgerDatabase impatient = LedgerDatabase.open(location, Duration.ofSeconds(1))) {
            server.close();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> impatient.write(insert("b")))
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("cannot be written: Connection refused")
                        .hasMessageNotContainingAny("s3cret");
            }
            assertThatThrownBy(() -> impatient.read(handle -> handle.execute("SELECT 1")))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("cannot be read: Connection refused");
        }
    }
}
