package io.camelnotebook.run;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a ledger is: in a SQLite file, or in a PostgreSQL database. Immutable. */
public final class LedgerLocation {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerLocation.class);
    private static final String SCHEMA = "7";
    private static final String MIGRATIONS = "classpath:io/camelnotebook/run/migrations";
    private static final String POSTGRESQL_MIGRATIONS = "classpath:io/camelnotebook/run/postgresql";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String EXAMPLE = "jdbc:postgresql://localhost/notebooks?user=me&password=…";

    /** Shorter ones are left out as words only: a letter is part of too much that is no secret. */
    private static final int SURE_LENGTH = 6;

    /** How long to wait for another process that writes; a write takes milliseconds. */
    private static final int BUSY_MILLIS = 30_000;

    /** After which silence a server is lost; what the engine asks takes milliseconds. */
    private static final int SILENCE_SECONDS = 60;

    private final String url;
    private final @Nullable Path file;
    private final List<String> secrets;

    private LedgerLocation(String url, @Nullable Path file, List<String> secrets) {
        this.url = url;
        this.file = file;
        this.secrets = secrets;
    }

    /** A SQLite file, which need not be there. */
    public static LedgerLocation file(Path file) {
        return new LedgerLocation("jdbc:sqlite:" + file, file, List.of());
    }

    /**
     * What a setting names: a file, or a PostgreSQL database by its JDBC URL.
     *
     * @throws IllegalArgumentException if it is a JDBC URL of another database; its message has no password
     */
    public static LedgerLocation of(String text) {
        if (text.startsWith(POSTGRESQL)) {
            if (text.replaceFirst("\\?.*", "").contains("@")) {
                throw new IllegalArgumentException(
                        "is a JDBC URL with an '@' before its host; expected the user and the"
                                + " password as parameters, such as " + EXAMPLE);
            }
            return new LedgerLocation(text, null, secrets(text));
        }
        if (text.startsWith("jdbc:")) {
            throw new IllegalArgumentException("is '" + text.replaceFirst("^(jdbc:\\w*).*", "$1:…")
                    + "'; expected a file, or a PostgreSQL database such as " + EXAMPLE);
        }
        return file(Path.of(text));
    }

    /** The passwords among the parameters of a URL, as they stand there and as they are meant. */
    private static List<String> secrets(String url) {
        List<String> secrets = new ArrayList<>();
        for (String parameter : url.replaceFirst("[^?]*\\??", "").split("&", -1)) {
            int equals = parameter.indexOf('=');
            String value = parameter.substring(equals + 1);
            if (equals > 0 && !value.isEmpty() && Secrets.isSecret(parameter.substring(0, equals))) {
                secrets.add(value);
                secrets.add(decoded(value));
            }
        }
        return secrets;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** Whether it is a file that is not there. */
    public boolean isMissing() {
        return file != null && !Files.exists(file);
    }

    /** Whether it is a server, to which a connection may be lost. */
    boolean isServer() {
        return file == null;
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

    /**
     * Makes the file whole before it is there, since engines that start at once would be in each other's way. Where another
     * engine was faster, its file is the ledger.
     */
    void make(Consumer<LedgerLocation> maker) throws IOException {
        Path place = Objects.requireNonNull(file);
        Path aside = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID());
        try {
            maker.accept(file(aside));
            try {
                Files.createLink(place, aside);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (IOException | UnsupportedOperationException e) {
                // Not every file system has links.
                Files.move(aside, place);
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another engine has just made {}", place);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** A connection whose commits are on disk, and which takes turns with writers of other processes. */
    Connection connect() throws SQLException {
        if (file == null) {
            Properties unlessTheUrlSaysOtherwise = new Properties();
            unlessTheUrlSaysOtherwise.setProperty("tcpKeepAlive", "true");
            unlessTheUrlSaysOtherwise.setProperty("socketTimeout", Integer.toString(SILENCE_SECONDS));
            return DriverManager.getConnection(url, unlessTheUrlSaysOtherwise);
        }
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            // First, since the next one may have to wait already.
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** What to look after when it cannot be opened. */
    String remedy() {
        return file == null
                ? "check notebook.ledger, that the server runs, and that the user may create tables in a schema that has"
                        + " none of others"
                : "check that the folder can be written and its disk is not full, or name another one with --outputs";
    }

    /** What to look after when it cannot be written. */
    String remedyForWriting() {
        return file == null
                ? "look after the server, and go on with 'camel-notebook run --resume RUN'"
                : "make room on its disk and run again: what has succeeded is in the outputs folder";
    }

    /** A message of the driver, which may quote the URL. */
    String withoutSecrets(String message) {
        String text = Secrets.redact(message.replace(url, toString()));
        for (String secret : secrets) {
            String quoted = Pattern.quote(secret);
            text = text.replaceAll(
                    secret.length() < SURE_LENGTH ? "(?<!\\w)" + quoted + "(?!\\w)" : quoted, Secrets.REDACTED);
        }
        return text;
    }

    /** What people call it, without passwords. */
    @Override
    public String toString() {
        return file == null ? url.replaceFirst("\\?.*", "") : file.toString();
    }
}
