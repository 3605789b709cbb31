package io.camelnotebook.publish;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A named destination whose URI is a JDBC URL: a table of that database gets a row for each job. */
final class DatabaseDestination {

    /** The options that it has. */
    static final Set<String> OPTIONS = Set.of("username", "password", "table");

    /** The endpoint that inserts the row. */
    static final String ENDPOINT = "bean:results?method=insert";

    private static final Pattern TABLE = Pattern.compile("[^\\s;?]+|\"[^\"]+\"");
    private static final Pattern DATABASE = Pattern.compile("jdbc:[^:]*");

    private DatabaseDestination() {}

    /** Why nothing can be inserted, before anything is; empty if there is no reason. */
    static Optional<String> problem(String name, String url, Function<String, Optional<String>> options) {
        Optional<String> table = options.apply("table");
        if (table.isEmpty() || !TABLE.matcher(table.get()).matches()) {
            return Optional.of("a database as a destination needs to know the table; set notebook.destination." + name
                    + ".table to its name in application.properties");
        }
        try {
            DriverManager.getDriver(url);
            return Optional.empty();
        } catch (SQLException e) {
            Matcher database = DATABASE.matcher(url);
            // Not the driver manager's own words, in which is the URL.
            return Optional.of("there is no driver for '" + (database.find() ? database.group() : "jdbc:")
                    + ":' here; fetch it into ext/, once, by adding --dep to the command with the group, artifact and"
                    + " version of it, such as --dep com.mysql:mysql-connector-j:9.4.0");
        }
    }

    /** The table. */
    static DatabaseTable table(String url, Function<String, Optional<String>> options) {
        return new DatabaseTable(
                url,
                options.apply("username").orElse(null),
                options.apply("password").orElse(null),
                options.apply("table").orElseThrow());
    }
}
