package io.camelnotebook.component;

import io.camelnotebook.entrance.ReceivedConfigs;
import io.camelnotebook.entrance.ReceivedName;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.run.LedgerException;
import io.camelnotebook.run.ResumeException;
import io.camelnotebook.run.RunState;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first and the last step with a config file that a watcher has claimed: which version of it is run, and where it
 * goes when its run has ended. Thread-safe.
 */
public final class ClaimSteps {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimSteps.class);

    private static final String CLAIM = "CamelNotebookClaim";
    private static final String END = "CamelNotebookEnd";

    /** A renamed file is still the one that a slow writer goes on writing, which its size or its time tells. */
    private record Claim(Path file, long size, FileTime modified) {

        static Claim of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Claim(file, attributes.size(), attributes.lastModifiedTime());
        }

        boolean isAsItWas() throws IOException {
            return equals(of(file));
        }

        String name() {
            return file.getFileName().toString();
        }
    }

    private final Path failed;
    private final ReceivedConfigs received;

    /**
     * Steps of one watcher.
     *
     * @param failed the folder for files whose runs failed
     * @param received those of the files that came as messages
     */
    public ClaimSteps(Path failed, ReceivedConfigs received) {
        this.failed = failed;
        this.received = received;
    }

    /** Notes what the file is like before it is read. */
    public void begin(@Body File claimed, Exchange exchange) throws IOException {
        exchange.setProperty(CLAIM, Claim.of(claimed.toPath()));
    }

    /**
     * Says in the property {@code CamelNotebookEnd} where the file goes. One that was changed while it ran, or
     * whose run was cancelled, goes back to where it came from and is run again; beside one that failed, a {@code
     * .error.txt} says why.
     */
    public void end(Exchange exchange) throws IOException {
        Claim claim = exchange.getProperty(CLAIM, Claim.class);
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String folder = folder(claim, failure);
        // A name that grew with every claim would become too long for a file.
        String name = folder.equals(".") ? Claims.firstName(claim.name()) : claim.name();
        exchange.setProperty(END, folder + "/" + name);
        Optional<ReceivedName> message = ReceivedName.of(Claims.originalName(claim.name()));
        if (message.isPresent() && !folder.equals(".")) {
            received.forget(message.get());
        }
    }

    private String folder(Claim claim, @Nullable Exception failure) throws IOException {
        if (!claim.isAsItWas()) {
            LOG.warn("{} was changed while it ran; it is run again as it is now", Claims.originalName(claim.name()));
            return ".";
        }
        if (failure == null) {
            return ".done";
        }
        if (failure instanceof RunFailedException run && run.run().state() == RunState.CANCELLED) {
            LOG.warn("{} was cancelled; it stays in the folder, to be run again", Claims.originalName(claim.name()));
            return ".";
        }
        String reason = reason(failure);
        LOG.warn("{} failed:\n{}", claim.name(), reason.indent(2).stripTrailing());
        byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(failed.resolve(claim.name() + ".error.txt"), Durability.PROCESS_CRASH, out -> out.write(text));
        return ".failed";
    }

    /** Only for errors that are not the user's, the class says more than the message. */
    private static String reason(Exception failure) {
        boolean users = failure instanceof ConfigException
                || failure instanceof RunFailedException
                || failure instanceof ResumeException
                || failure instanceof LedgerException;
        return users ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
