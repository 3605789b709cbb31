package io.camelnotebook.entrance;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The config files that came as messages. One is in the watched folder, on the disk, when {@link #accept} returns, so that the
 * message may be acknowledged; delivered again it is known by its name and not stored twice. Beside it, in {@code .received/},
 * is the id by which its sender knows it. Thread-safe, and alone in its process.
 */
public final class ReceivedConfigs {

    private static final Logger LOG = LoggerFactory.getLogger(ReceivedConfigs.class);

    private final Path configs;
    private final Path correlations;
    private final long maxBytes;
    private final PipelineReader reader;

    /**
     * Received configs of a watched folder.
     *
     * @param maxBytes the most that a message may have
     * @param reader which also keeps configs within the limits for those from outside
     */
    public ReceivedConfigs(Path configs, long maxBytes, PipelineReader reader) {
        this.configs = configs;
        this.correlations = configs.resolve(".received");
        this.maxBytes = maxBytes;
        this.reader = reader;
    }

    long maxBytes() {
        return maxBytes;
    }

    /** A message that is a file now, with the id by which its run will be known. */
    record Accepted(ReceivedName name, String correlation) {}

    /**
     * Checks a config and stores it.
     *
     * @throws RefusedException if it can never be run; nothing is stored then
     * @throws IOException if it cannot be stored now
     */
    synchronized Accepted accept(ReceivedMessage message) throws RefusedException, IOException {
        message.check(maxBytes);
        ReceivedName name = ReceivedName.of(message);
        Accepted accepted = new Accepted(name, message.correlation() == null ? name.id() : message.correlation());
        if (message.identity() != null && isStored(name.file())) {
            LOG.info("{} was delivered again, and is there already", name.file());
            return accepted;
        }
        check(name, message.content());
        if (message.correlation() != null) {
            write(
                    correlations.resolve(name.file() + ".txt"),
                    message.correlation().getBytes(StandardCharsets.UTF_8));
        }
        write(configs.resolve(name.file()), message.content());
        LOG.info("Received {}, correlation id {}", name.file(), accepted.correlation());
        return accepted;
    }

    private static void write(Path file, byte[] content) throws IOException {
        AtomicFile.write(file, Durability.MACHINE_CRASH, out -> out.write(content));
    }

    private void check(ReceivedName name, byte[] content) throws RefusedException, IOException {
        Files.createDirectories(correlations);
        Path draft = Files.createTempFile(correlations, ".draft-", "." + name.extension());
        try {
            Files.write(draft, content);
            read(draft, name);
        } catch (ConfigException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            LOG.error("A message broke the check of its config", e);
            throw new RefusedException("the config could not be checked: " + e);
        } finally {
            Files.delete(draft);
        }
    }

    /**
     * Reads a config that came as a message, within the limits for these.
     *
     * @param content where it is now
     * @throws ConfigException with every problem that it has
     */
    public Pipeline read(Path content, ReceivedName name) {
        return reader.read(content, configs.resolve(name.authorsFile()), Map.of());
    }

    /** In the watched folder, or wherever its watcher has moved it since then. */
    private boolean isStored(String file) throws IOException {
        if (Files.exists(configs.resolve(file))
                || isClaimed(configs.resolve(".done"), file)
                || isClaimed(configs.resolve(".failed"), file)) {
            return true;
        }
        Path running = configs.resolve(".running");
        if (Files.isDirectory(running)) {
            try (DirectoryStream<Path> watchers = Files.newDirectoryStream(running, Files::isDirectory)) {
                for (Path watcher : watchers) {
                    if (isClaimed(watcher, file)) {
                        return true;
                    }
                }
            }
        }
        return Files.exists(configs.resolve(file));
    }

    private static boolean isClaimed(Path folder, String file) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> claims =
                Files.newDirectoryStream(folder, claim -> claim.toString().endsWith(file))) {
            return claims.iterator().hasNext();
        }
    }

    /** The id by which the sender knows the run of a file. */
    public String correlation(ReceivedName name) throws IOException {
        Path file = correlations.resolve(name.file() + ".txt");
        return Files.exists(file) ? Files.readString(file) : name.id();
    }

    /** The run of a file has ended, and its id is in the ledger. */
    public void forget(ReceivedName name) throws IOException {
        Files.deleteIfExists(correlations.resolve(name.file() + ".txt"));
    }
}
