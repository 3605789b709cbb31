package io.camelnotebook.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code show}: one run with its jobs. */
@Command(name = "show", description = "Shows a run with its jobs.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private RunParameter run = new RunParameter();

    @Mixin
    private LedgerOption ledgerOption = new LedgerOption();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Console console = Console.of(command);
        try (Ledger ledger = ledgerOption.open(Settings.load())) {
            RunHistory.Entry entry = run.in(ledger.history());
            List<RunHistory.JobEntry> jobs = ledger.history().jobs(entry.id());
            if (json) {
                ObjectNode object = HistoryJson.of(entry);
                jobs.forEach(object.withArray("jobs")::addPOJO);
                console.result(HistoryJson.text(object));
            } else {
                print(entry, jobs, console);
            }
            return ExitStatus.OK;
        }
    }

    private static void print(RunHistory.Entry run, List<RunHistory.JobEntry> jobs, Console console) {
        console.result(run.pipeline() + ": run " + run.id() + " of " + run.config() + ", "
                + (run.isCutOff()
                        ? "cut off: its engine has ended; 'camel-notebook run --resume " + run.id() + "' goes on"
                        : run.state().jsonName()));
        if (run.correlation() != null) {
            console.result("correlation id " + run.correlation());
        }
        String ended = run.ended();
        console.result("started " + RunsCommand.seconds(run.started())
                + (ended == null ? "" : ", ended " + RunsCommand.seconds(ended)) + ", "
                + run.jobs() + (run.jobs() == 1 ? " job: " : " jobs: ") + RunsCommand.counts(run.counts()));
        console.result("");
        int width = Math.max(
                3, jobs.stream().mapToInt(job -> job.id().length()).max().orElse(0));
        String format = "%-" + width + "s  %-11s  %7s  %9s  %s";
        console.result(String.format(Locale.ROOT, format, "JOB", "STATE", "ATTEMPT", "TIME", "OUTPUT"));
        for (RunHistory.JobEntry job : jobs) {
            String time = job.seconds() == null ? "-" : String.format(Locale.ROOT, "%.1f s", job.seconds());
            console.result(String.format(
                    Locale.ROOT,
                    format,
                    job.id(),
                    job.state(),
                    job.attempt(),
                    time,
                    job.seconds() == null ? "-" : Console.path(job.output())));
            if (job.error() != null) {
                console.result("  " + job.error().lines().findFirst().orElse(""));
            }
        }
    }
}
