package io.camelnotebook.component;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.run.LedgerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why a watched config file failed: in a {@code .error.txt} beside where the file goes, and in the log. */
public final class ConfigFailure implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigFailure.class);

    private final Path failed;

    /** Failures whose files go to the given folder. */
    public ConfigFailure(Path failed) {
        this.failed = failed;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Path claimed = Path.of(exchange.getFromEndpoint() == null ? "" : name(exchange));
        String reason = reason(failure);
        LOG.warn("{} failed:\n{}", claimed, reason.indent(2).stripTrailing());
        Path file = failed.resolve(claimed.getFileName() + ".error.txt");
        AtomicFile.write(
                file, Durability.PROCESS_CRASH, out -> out.write((reason + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static String name(Exchange exchange) {
        return exchange.getUnitOfWork().getOriginalInMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
    }

    /** Only for errors that are not the user's, the class says more than the message. */
    private static String reason(Exception failure) {
        boolean users = failure instanceof ConfigException
                || failure instanceof RunFailedException
                || failure instanceof LedgerException;
        return users ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
