package io.camelnotebook.main;

import io.camelnotebook.report.RunReport;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}: one run as an HTML page. */
@Command(
        name = "report",
        description = "Writes a run as one HTML page, and prints where it is.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private RunParameter run = new RunParameter();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The page; report_RUN.html in the pipeline's folder of the outputs by default.")
    private @Nullable Path page;

    @Mixin
    private LedgerOption ledgerOption = new LedgerOption();

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(command);
        Settings settings = Settings.load();
        try (Ledger ledger = ledgerOption.open(settings)) {
            RunHistory.Entry entry = run.in(ledger.history());
            Path written = page != null
                    ? page
                    : settings.outputs().resolve(entry.pipeline()).resolve("report_" + entry.id() + ".html");
            RunReport.write(ledger, entry, written);
            console.result(written.toString());
            return ExitStatus.OK;
        }
    }
}
