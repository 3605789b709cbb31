package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A table of a user's database that gets a row for each job. Its columns decide what goes into a row: see {@link RowValues}.
 * A record that is there already, by the column {@value #EVENT_ID}, makes no second row. Each insertion has a connection of
 * its own. Immutable.
 */
public final class DatabaseTable {

    /** The column by which a record is known. */
    static final String EVENT_ID = "event_id";

    /** How long a database that says nothing is waited for, unless its URL says that. */
    private static final int TIMEOUT_MILLIS = 30_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final Properties credentials = new Properties();
    private final String table;

    /**
     * A table, which is looked for only when something is inserted.
     *
     * @param url the JDBC URL
     * @param table its name as SQL has it, with its schema if it needs one
     */
    DatabaseTable(String url, @Nullable String user, @Nullable String password, String table) {
        this.url = url;
        this.table = table;
        if (user != null) {
            credentials.setProperty("user", user);
        }
        if (password != null) {
            credentials.setProperty("password", password);
        }
    }

    /**
     * Inserts a row, unless the record has one.
     *
     * @param record a metadata record as JSON
     */
    public void insert(String record) throws SQLException, IOException {
        JsonNode event = JSON.readTree(record);
        try (Connection connection = DriverManager.getConnection(url, credentials)) {
            limitTime(connection);
            List<Column> columns = columns(connection);
            if (has(connection, columns, event)) {
                return;
            }
            try {
                // A transaction of its own: in one with the question before it, SQLite would not wait for other
                // writers.
                insert(connection, columns, new RowValues(event));
            } catch (SQLException e) {
                if (!isThere(connection, columns, event, e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether somebody else was quicker; a connection that has failed cannot tell, and its failure is not the reason. */
    private boolean isThere(Connection connection, List<Column> columns, JsonNode event, SQLException reason) {
        try {
            return has(connection, columns, event);
        } catch (SQLException e) {
            reason.addSuppressed(e);
            return false;
        }
    }

    private static void limitTime(Connection connection) throws SQLException {
        try {
            if (connection.getNetworkTimeout() == 0) {
                connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
            }
        } catch (SQLFeatureNotSupportedException e) {
            // It has no network.
        }
    }

    private record Column(String name, int type) {}

    private List<Column> columns(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData found = nothing.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= found.getColumnCount(); i++) {
                columns.add(new Column(found.getColumnName(i), found.getColumnType(i)));
            }
            return columns;
        }
    }

    private boolean has(Connection connection, List<Column> columns, JsonNode event) throws SQLException {
        if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(EVENT_ID))) {
            return false;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM " + table + " WHERE " + EVENT_ID + " = ?")) {
            statement.setString(1, event.path("id").asText());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void insert(Connection connection, List<Column> all, RowValues values) throws SQLException {
        // A column without a value gets its default.
        List<Column> columns =
                all.stream().filter(column -> values.of(column.name()) != null).toList();
        if (columns.isEmpty()) {
            throw new SQLException("the table " + table + " has no column for anything of a job, such as " + EVENT_ID
                    + "; docs/destinations.md has the columns that it may have");
        }
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        List<String> names =
                columns.stream().map(column -> quote + column.name() + quote).toList();
        String sql = "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                RowValues.set(statement, i + 1, column.type(), values.of(column.name()));
            }
            statement.executeUpdate();
        }
    }
}
