package io.camelnotebook.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a ledger is: in a SQLite file, or in a PostgreSQL database. Immutable. */
public final class LedgerLocation {

    private static final String SCHEMA = "4";
    private static final String MIGRATIONS = "classpath:io/camelnotebook/run/migrations";
    private static final String POSTGRESQL_MIGRATIONS = "classpath:io/camelnotebook/run/postgresql";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&\\s]+");

    /** How long to wait for another process that writes; a write takes milliseconds. */
    private static final int BUSY_MILLIS = 30_000;

    private final String url;
    private final @Nullable Path file;

    private LedgerLocation(String url, @Nullable Path file) {
        this.url = url;
        this.file = file;
    }

    /** A SQLite file, which need not be there. */
    public static LedgerLocation file(Path file) {
        return new LedgerLocation("jdbc:sqlite:" + file, file);
    }

    /**
     * What a setting names: a file, or a PostgreSQL database by its JDBC URL.
     *
     * @throws IllegalArgumentException if it is a JDBC URL of another database; its message has no password
     */
    public static LedgerLocation of(String text) {
        if (text.startsWith(POSTGRESQL)) {
            return new LedgerLocation(text, null);
        }
        if (text.startsWith("jdbc:")) {
            throw new IllegalArgumentException("is '" + withoutPassword(text)
                    + "'; expected a file, or a PostgreSQL database such as jdbc:postgresql://localhost/notebooks");
        }
        return file(Path.of(text));
    }

    /** Whether it is a file that is not there. */
    public boolean isMissing() {
        return file != null && !Files.exists(file);
    }

    /** For the driver; with whatever password. */
    String url() {
        return url;
    }

    /** The version of the newest migration. */
    static String schema() {
        return SCHEMA;
    }

    List<String> migrations() {
        return file == null ? List.of(MIGRATIONS, POSTGRESQL_MIGRATIONS) : List.of(MIGRATIONS);
    }

    void makeFolder() throws IOException {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** Lets a commit be on disk, and writers of several processes take turns. PostgreSQL does so by itself. */
    void prepare(Connection connection) throws SQLException {
        if (file == null) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            statement.execute("PRAGMA foreign_keys = ON");
        }
    }

    /** What to look after when it cannot be opened. */
    String remedy() {
        return file == null
                ? "check notebook.ledger, that the server runs, and that the user may create tables in a schema that has"
                        + " none of others"
                : "check that the folder can be written and its disk is not full, or name another one with --outputs";
    }

    /** A message of the driver, which may quote the URL. */
    String withoutSecrets(String message) {
        return withoutPassword(message.replace(url, toString()));
    }

    private static String withoutPassword(String text) {
        return PASSWORD.matcher(Secrets.redact(text)).replaceAll("$1" + Secrets.REDACTED);
    }

    /** What people call it, without passwords. */
    @Override
    public String toString() {
        return file == null ? withoutPassword(url.replaceFirst("\\?.*", "")) : file.toString();
    }
}
