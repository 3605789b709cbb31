package io.camelnotebook.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.run.Ledger;
import io.camelnotebook.run.RunHistory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A job as a report tells it.
 *
 * @param attempts those that have started, in their order
 * @param kernelStart how its kernel was started; empty if nobody knows
 */
record ReportedJob(
        RunHistory.JobEntry job,
        Map<String, JsonNode> results,
        List<RunHistory.AttemptEntry> attempts,
        String kernelStart) {

    /** The jobs of a run, in the order they came. */
    static List<ReportedJob> of(Ledger ledger, String run) {
        Map<String, Ledger.Entry> results =
                ledger.jobs(run).stream().collect(Collectors.toMap(Ledger.Entry::id, Function.identity()));
        Map<String, List<RunHistory.AttemptEntry>> attempts =
                ledger.history().attempts(run).stream().collect(Collectors.groupingBy(RunHistory.AttemptEntry::job));
        return ledger.history().jobs(run).stream()
                .map(job -> {
                    Ledger.Entry entry = results.get(job.id());
                    return new ReportedJob(
                            job,
                            entry == null ? Map.of() : entry.results(),
                            attempts.getOrDefault(job.id(), List.of()),
                            KernelStarts.of(run, job));
                })
                .toList();
    }

    /** Whether it left a notebook, perhaps of another run. */
    boolean hasNotebook() {
        return job.seconds() != null;
    }
}
