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

    /** The property of the exchange that says what the claimed file is called. */
    private static final String CLAIM = "CamelNotebookClaim";

    private final Path failed;

    /** Failures whose files go to the given folder. */
    public ConfigFailure(Path failed) {
        this.failed = failed;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String name = exchange.getProperty(CLAIM, String.class);
        String reason = reason(failure);
        LOG.warn("{} failed:\n{}", name, reason.indent(2).stripTrailing());
        byte[] text = (reason + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(failed.resolve(name + ".error.txt"), Durability.PROCESS_CRASH, out -> out.write(text));
    }

    /** Only for errors that are not the user's, the class says more than the message. */
    private static String reason(Exception failure) {
        boolean users = failure instanceof ConfigException
                || failure instanceof RunFailedException
                || failure instanceof LedgerException;
        return users ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
