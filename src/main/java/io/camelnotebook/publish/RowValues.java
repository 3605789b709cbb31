package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Calendar;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What a metadata record has for the columns of a table: by some names what every job has, by all others the job's result of
 * that name, or else its parameter. Upper and lower case are the same. Immutable.
 */
final class RowValues {

    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry(DatabaseTable.EVENT_ID, "/id"),
            Map.entry("correlation_id", "/correlationid"),
            Map.entry("run", "/data/run"),
            Map.entry("pipeline", "/data/pipeline"),
            Map.entry("job", "/data/job"),
            Map.entry("label", "/data/label"),
            Map.entry("attempt", "/data/attempt"),
            Map.entry("status", "/data/status"),
            Map.entry("started", "/data/started"),
            Map.entry("ended", "/data/ended"),
            Map.entry("seconds", "/data/run_seconds"),
            Map.entry("host", "/data/host"),
            Map.entry("kernel", "/data/kernel/name"),
            Map.entry("notebook", "/data/notebook/path"),
            Map.entry("output", "/data/output/path"),
            Map.entry("parameters", "/data/parameters"),
            Map.entry("results", "/data/results"));

    private final JsonNode event;

    RowValues(JsonNode event) {
        this.event = event;
    }

    /** The value for a column; null if there is none. */
    @Nullable
    JsonNode of(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        String place = COLUMNS.get(name);
        JsonNode value = place != null ? event.at(place) : name.equals("error") ? error() : own(name);
        return value == null || value.isNull() || value.isMissingNode() ? null : value;
    }

    private @Nullable JsonNode error() {
        JsonNode error = event.at("/data/error");
        return error.isObject()
                ? TextNode.valueOf(error.path("ename").asText() + ": "
                        + error.path("evalue").asText())
                : null;
    }

    private @Nullable JsonNode own(String name) {
        JsonNode result = named(event.at("/data/results"), name);
        return result == null ? named(event.at("/data/parameters"), name) : result;
    }

    private static @Nullable JsonNode named(JsonNode values, String name) {
        return values.properties().stream()
                .filter(field -> field.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /**
     * Sets a value as a column wants it.
     *
     * @param type the column's, of {@link Types}
     */
    static void set(PreparedStatement statement, int index, int type, @Nullable JsonNode value) throws SQLException {
        if (value == null) {
            statement.setNull(index, type);
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            statement.setLong(index, value.longValue());
        } else if (value.isNumber()) {
            statement.setDouble(index, value.doubleValue());
        } else if (value.isBoolean()) {
            statement.setBoolean(index, value.booleanValue());
        } else {
            setText(statement, index, type, value.isTextual() ? value.textValue() : value.toString());
        }
    }

    private static void setText(PreparedStatement statement, int index, int type, String text) throws SQLException {
        switch (type) {
            // PostgreSQL's json, and others that are written as text.
            case Types.OTHER -> statement.setObject(index, text, Types.OTHER);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                statement.setTimestamp(index, time(text), Calendar.getInstance(TimeZone.getTimeZone("UTC")));
            default -> statement.setString(index, text);
        }
    }

    private static Timestamp time(String text) throws SQLException {
        try {
            return Timestamp.from(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new SQLException(
                    "'" + text + "' is to go into a column for times; expected one such as" + " 2026-03-14T09:26:53Z",
                    e);
        }
    }
}
