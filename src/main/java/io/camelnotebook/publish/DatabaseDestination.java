package io.camelnotebook.publish;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A named destination whose URI is a JDBC URL: a table of that database gets a row for each job. */
record DatabaseDestination() implements DestinationKind {

    private static final Pattern TABLE = Pattern.compile("[^\\s;?]+|\"[^\"]+\"");
    private static final Pattern DATABASE = Pattern.compile("jdbc:[^:]*");

    @Override
    public Optional<String> needsName() {
        return Optional.of("a database as a destination needs a name, with its URL, its table and the password in"
                + " application.properties: notebook.destination.NAME = jdbc:…; docs/destinations.md has an example");
    }

    @Override
    public Set<String> ownOptions() {
        return Set.of("username", "password", "table");
    }

    @Override
    public Optional<String> problem(Address address) {
        Optional<String> table = address.option("table");
        if (table.isEmpty() || !TABLE.matcher(table.get()).matches()) {
            return Optional.of("a database as a destination needs to know the table; set " + NamedDestinations.PREFIX
                    + address.destination() + ".table to its name in application.properties");
        }
        try {
            DriverManager.getDriver(address.uri());
            return Optional.empty();
        } catch (SQLException e) {
            Matcher database = DATABASE.matcher(address.uri());
            // Not the driver manager's own words, in which is the URL.
            return Optional.of("there is no driver for '" + (database.find() ? database.group() : "jdbc:")
                    + ":' here; fetch it into ext/, once, by adding --dep to the command with the group, artifact and"
                    + " version of it, such as --dep com.mysql:mysql-connector-j:9.4.0");
        }
    }

    /** The step that inserts the row. */
    @Override
    public String endpoint(String uri) {
        return "bean:results?method=insert";
    }

    /** The table, with nothing of the URL and the options left to look up. */
    static DatabaseTable table(String url, Function<String, Optional<String>> options) {
        return new DatabaseTable(
                url,
                options.apply("username").orElse(null),
                options.apply("password").orElse(null),
                options.apply("table").orElseThrow());
    }
}
