package io.camelnotebook.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The prepared statements of one connection, kept for the next time: SQLite compiles them anew otherwise, which costs more
 * than what most of them do. Not thread-safe.
 */
final class KeptStatements extends DefaultStatementBuilder {

    /** More than the ledger has; those with lists in them could be more. */
    private static final int MOST = 64;

    private final Map<String, PreparedStatement> idle = new HashMap<>();
    private final Map<Statement, String> used = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? super.create(connection, sql, context) : kept;
        used.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        // Not the argument: it is the text before JDBI has put in its names.
        String prepared = used.remove(statement);
        if (prepared == null || idle.size() >= MOST || idle.containsKey(prepared) || statement.isClosed()) {
            statement.close();
            return;
        }
        PreparedStatement kept = (PreparedStatement) statement;
        kept.clearBatch();
        kept.clearParameters();
        idle.put(prepared, kept);
    }

    /** The texts of those that nobody uses just now. */
    Set<String> texts() {
        return Set.copyOf(idle.keySet());
    }
}
