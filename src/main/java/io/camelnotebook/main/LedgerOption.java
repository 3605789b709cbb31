package io.camelnotebook.main;

import io.camelnotebook.run.Ledger;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ledger that a command reads. */
final class LedgerOption {

    @Option(names = "--outputs", paramLabel = "DIR", description = "The folder with the ledger.")
    private @Nullable Path outputs;

    /**
     * Opens the ledger of the settings, in the folder that was given.
     *
     * @throws UsageException if there is none
     */
    Ledger open(Settings settings) {
        return Ledger.open(settings.existingLedger(outputs), Clock.systemUTC());
    }
}
