package io.camelnotebook.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code runs}: what ran, the newest first. */
@Command(name = "runs", description = "Lists the runs, the newest first.", mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at most; ${DEFAULT-VALUE} by default.")
    private int number;

    @Mixin
    private LedgerOption ledgerOption = new LedgerOption();

    @Option(names = "--json", description = "As JSON, a line for each run.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Console console = Console.of(command);
        if (number < 1) {
            throw new UsageException("-n: expected a number from 1, found " + number);
        }
        try (Ledger ledger = ledgerOption.open(Settings.load())) {
            List<RunHistory.Entry> runs = ledger.history().runs(number);
            if (!json && !runs.isEmpty()) {
                console.result(line("RUN", "PIPELINE", "STATE", "STARTED", "TIME", "JOBS"));
            }
            for (RunHistory.Entry run : runs) {
                console.result(json ? HistoryJson.text(HistoryJson.of(run)) : line(run));
            }
            return ExitStatus.OK;
        }
    }

    private static String line(RunHistory.Entry run) {
        return line(
                run.id(),
                run.pipeline(),
                run.isCutOff() ? "cut off" : run.state().jsonName(),
                seconds(run.started()),
                run.seconds()
                        .map(seconds -> String.format(Locale.ROOT, "%.1f s", seconds))
                        .orElse("-"),
                run.jobs() + ": " + counts(run.counts()));
    }

    /** A time without what is less than a second. */
    static String seconds(String time) {
        return time.replaceFirst("\\.\\d+Z$", "Z");
    }

    /** Such as {@code 3 succeeded, 1 failed}. */
    static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String line(String run, String pipeline, String state, String started, String time, String jobs) {
        return String.format(
                Locale.ROOT, "%-22s  %-20s  %-9s  %-20s  %10s  %s", run, pipeline, state, started, time, jobs);
    }
}
