package io.camelnotebook.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The database of the ledger: one connection, which threads use in turn. What several threads wait to write goes into one
 * transaction, since most of its cost is that of its commit. Thread-safe.
 */
final class LedgerDatabase implements AutoCloseable {

    /** A server that is started anew takes seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LedgerLocation location;
    private final LedgerConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();

    /** Work that a thread waits for. To be used under the lock. */
    private static final class Write {

        final Consumer<Handle> work;
        boolean committed;

        @Nullable
        RuntimeException failure;

        Write(Consumer<Handle> work) {
            this.work = work;
        }
    }

    private LedgerDatabase(LedgerLocation location, LedgerConnection connection) {
        this.location = location;
        this.connection = connection;
    }

    /** Opens a database, which is brought to the present schema; a file is made if it is not there. */
    static LedgerDatabase open(LedgerLocation location) {
        return open(location, PATIENCE);
    }

    /** @param patience how long to wait for a server that is lost after that */
    static LedgerDatabase open(LedgerLocation location, Duration patience) {
        try {
            location.makeFolder();
            if (location.isMissing()) {
                location.make(LedgerDatabase::migrate);
            } else if (!isPresent(location)) {
                migrate(location);
            }
            return new LedgerDatabase(location, new LedgerConnection(location, patience));
        } catch (SQLException | IOException | RuntimeException e) {
            throw failure("opened", rootMessage(e) + "; " + location.remedy(), location);
        }
    }

    private static void migrate(LedgerLocation location) {
        Flyway.configure(LedgerDatabase.class.getClassLoader())
                .dataSource(location.url(), null, null)
                .locations(location.migrations().toArray(String[]::new))
                .load()
                .migrate();
    }

    /** Whether it has the present schema already: asking Flyway costs a good part of the engine's start. */
    private static boolean isPresent(LedgerLocation location) throws SQLException {
        try (Connection connection = location.connect();
                Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery(
                        "SELECT version, success FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1")) {
            return newest.next()
                    && newest.getBoolean("success")
                    && LedgerLocation.schema().equals(newest.getString("version"));
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code) {
                // Flyway would try for ten seconds.
                throw e;
            }
            // Flyway finds out what is wrong with it.
            return false;
        }
    }

    /**
     * Does work in a transaction, which is on disk when this returns.
     *
     * @param work may be done twice, and only what it did last counts: it should do nothing but use its handle
     */
    void write(Consumer<Handle> work) {
        Write own = new Write(work);
        waiting.add(own);
        lock.lock();
        try {
            if (!own.committed && own.failure == null) {
                commitWaiting();
            }
        } finally {
            lock.unlock();
        }
        if (!own.committed) {
            throw failure(
                    "written",
                    (own.failure == null ? "another thread broke off" : rootMessage(own.failure)) + "; "
                            + location.remedyForWriting(),
                    location);
        }
    }

    private void commitWaiting() {
        List<Write> batch = new ArrayList<>();
        for (Write next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
        }
        try {
            commit(batch);
        } catch (LedgerConnection.UnknownCommitException unknown) {
            batch.forEach(write -> write.failure = unknown);
        } catch (RuntimeException together) {
            // The failure of one is not that of the others.
            for (Write write : batch) {
                try {
                    commit(List.of(write));
                } catch (RuntimeException alone) {
                    write.failure = alone;
                }
            }
        }
    }

    private void commit(List<Write> batch) {
        connection.write(handle -> batch.forEach(write -> write.work.accept(handle)));
        batch.forEach(write -> write.committed = true);
    }

    <T> T read(Function<Handle, T> work) {
        lock.lock();
        try {
            return connection.read(work);
        } catch (JdbiException e) {
            throw failure("read", rootMessage(e), location);
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait for the next transaction. */
    int waiting() {
        return waiting.size();
    }

    /** The texts of the statements that were done so far. */
    Set<String> statements() {
        lock.lock();
        try {
            return connection.statements();
        } finally {
            lock.unlock();
        }
    }

    /** What people call it. */
    String name() {
        return location.toString();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("closed", rootMessage(e), location);
        } finally {
            lock.unlock();
        }
    }

    /** Without a cause: its message would say what is left out of this one. */
    private static LedgerException failure(String done, String reason, LedgerLocation location) {
        return new LedgerException(
                "the ledger " + location + " cannot be " + done + ": " + location.withoutSecrets(reason), null);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }
}
