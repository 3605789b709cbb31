package io.camelnotebook.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * The connection to the database of a ledger, which is made anew when a server has lost it. Not thread-safe.
 */
final class LedgerConnection implements AutoCloseable {

    private static final int VALID_SECONDS = 5;
    private static final int BETWEEN_TRIES_MILLIS = 250;

    private final LedgerLocation location;
    private final Duration patience;
    private Connection connection;
    private KeptStatements statements;
    private Handle handle;
    private boolean isGivenUp;
    private boolean isCommitting;

    /** Whether a transaction has come to its end is not known, so that it must not be done again. */
    static final class UnknownCommitException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownCommitException(String reason) {
            super("the connection broke during a commit, and whether that came to its end is not known: " + reason);
        }
    }

    /** PostgreSQL has no text with a NUL in it, and Python has. */
    private static final class TextWithoutNul extends AbstractArgumentFactory<String> {

        TextWithoutNul() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(String value, ConfigRegistry config) {
            String text = value.replace('\0', '\uFFFD');
            return (position, statement, context) -> statement.setString(position, text);
        }
    }

    /** @param patience how long to wait for a server that is lost */
    LedgerConnection(LedgerLocation location, Duration patience) throws SQLException {
        this.location = location;
        this.patience = patience;
        connection = location.connect();
        statements = new KeptStatements();
        handle = handle(connection, statements);
    }

    /** One for all transactions: JDBI copies its configuration, and learns how to bind arguments, for each handle. */
    private static Handle handle(Connection connection, KeptStatements statements) {
        return Jdbi.create(connection)
                .setStatementBuilderFactory(any -> statements)
                .registerArgument(new TextWithoutNul())
                .open();
    }

    /** The texts of the statements that it keeps. */
    Set<String> statements() {
        return statements.texts();
    }

    /**
     * Does work in a transaction; twice if the connection broke before its commit.
     *
     * @throws UnknownCommitException if the connection broke during its commit
     */
    void write(Consumer<Handle> work) {
        try {
            transaction(work);
        } catch (RuntimeException e) {
            boolean wasCommitting = isCommitting;
            if (!isLost()) {
                throw e;
            }
            reconnect();
            if (wasCommitting) {
                throw new UnknownCommitException(String.valueOf(e.getMessage()));
            }
            transaction(work);
        }
    }

    private void transaction(Consumer<Handle> work) {
        isCommitting = false;
        handle.useTransaction(inTransaction -> {
            work.accept(inTransaction);
            isCommitting = true;
        });
    }

    <T> T read(Function<Handle, T> work) {
        try {
            return work.apply(handle);
        } catch (RuntimeException e) {
            if (!isLost()) {
                throw e;
            }
            reconnect();
            return work.apply(handle);
        }
    }

    private boolean isLost() {
        try {
            return location.isServer() && !connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return true;
        }
    }

    /** Waits for the server, but not each time again for one that did not come back. */
    private void reconnect() {
        long start = System.nanoTime();
        while (true) {
            try {
                connection.close();
                connection = location.connect();
                statements = new KeptStatements();
                handle = handle(connection, statements);
                isGivenUp = false;
                return;
            } catch (SQLException e) {
                if (isGivenUp || System.nanoTime() - start >= patience.toNanos()) {
                    isGivenUp = true;
                    throw new ConnectionException(e);
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException reason) {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(reason);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
