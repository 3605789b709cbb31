package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that threads share. What is committed is looked at from another connection. */
class LedgerDatabaseTest {

    private static final int THREADS = 8;

    private final Path file;
    private final LedgerDatabase database;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    LedgerDatabaseTest(@TempDir Path folder) {
        file = folder.resolve("runs.db");
        database = LedgerDatabase.open(LedgerLocation.file(file));
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        database.close();
    }

    private void insert(String run) {
        database.write(handle -> handle.execute(
                "INSERT INTO run (id, pipeline, config, state, jobs, started) VALUES (?, 'p', 'c', 'running', 1, 'now')",
                run));
    }

    private List<String> committed() {
        return Jdbi.create("jdbc:sqlite:" + file)
                .withHandle(handle -> handle.createQuery("SELECT id FROM run ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    /** Lets threads write while another transaction is open, so that all of them wait for the next one. */
    private List<Future<?>> together(List<String> runs) {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Future<?>> writes = new ArrayList<>();
        writes.add(threads.submit(() -> database.write(handle -> {
            open.countDown();
            awaitUninterrupted(goOn);
        })));
        awaitUninterrupted(open);
        runs.forEach(run -> writes.add(threads.submit(() -> insert(run))));
        Awaitility.await().until(() -> database.waiting() == runs.size());
        goOn.countDown();
        return writes;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatThreadsWaitForIsCommittedWhenTheyGoOn() throws Exception {
        for (Future<?> write : together(List.of("a", "b", "c"))) {
            write.get(30, TimeUnit.SECONDS);
        }

        assertThat(committed()).containsExactly("a", "b", "c");
        assertThat(database.waiting()).isZero();
    }

    @Test
    void theFailureOfOneIsNotThatOfThoseWhoSharedItsTransaction() throws Exception {
        insert("b");

        List<Future<?>> writes = together(List.of("a", "b", "c"));

        writes.get(1).get(30, TimeUnit.SECONDS);
        writes.get(3).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> writes.get(2).get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LedgerException.class)
                .hasMessageContaining("UNIQUE constraint failed: run.id");
        assertThat(committed()).containsExactly("a", "b", "c");
    }

    @Test
    void nothingIsLostWhenManyThreadsWriteMuch() throws Exception {
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String run = String.format("r%03d", i);
            writes.add(threads.submit(() -> {
                insert(run);
                assertThat(committed()).contains(run);
            }));
        }

        for (Future<?> write : writes) {
            write.get(60, TimeUnit.SECONDS);
        }
        assertThat(committed()).hasSize(400);
    }
}
