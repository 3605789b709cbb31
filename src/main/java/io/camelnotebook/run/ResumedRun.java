package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.ExpressionException;
import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a run that goes on out of what the ledger has of it and its pipeline as it is now. */
final class ResumedRun {

    private final Ledger ledger;
    private final Resumption resumption;
    private final Path outputs;
    private final int window;

    ResumedRun(Ledger ledger, Path outputs, int window) {
        this.ledger = ledger;
        this.resumption = ledger.resumption();
        this.outputs = outputs;
        this.window = window;
    }

    /**
     * Reopens a run: what is over is over, and all else is to be run.
     *
     * @throws ResumeException if the jobs are no longer those that the run had; nothing was changed then
     */
    Run of(String id, Pipeline pipeline, Redo redo) {
        RunHistory.Entry entry = ledger.history().run(id);
        if (!entry.pipeline().equals(pipeline.name()) || entry.jobs() != pipeline.size()) {
            throw mismatch(
                    id,
                    "it was of the pipeline '" + entry.pipeline() + "' with " + entry.jobs() + " jobs, and "
                            + pipeline.file() + " now has '" + pipeline.name() + "' with " + pipeline.size());
        }
        List<Resumption.Over> over = resumption.over(id, redo);
        over.forEach(job -> check(id, pipeline, job));

        resumption.reopen(id, redo);
        Set<String> unpublished = resumption.unpublished(id).stream()
                .map(result -> result.job().job())
                .collect(Collectors.toCollection(HashSet::new));
        Run run = new Run(id, pipeline, window, entry.correlation());
        for (Resumption.Over job : over) {
            run.restored(job, !unpublished.contains(job.id()));
        }
        run.restoredUndelivered(resumption.undelivered(id));
        return run;
    }

    private void check(String id, Pipeline pipeline, Resumption.Over over) {
        JobTemplate template = pipeline.jobs().get(over.template());
        if (template == null || over.position() >= template.size()) {
            throw mismatch(
                    id, "its job '" + over.id() + "', which is over, is not in " + pipeline.file() + " any more");
        }
        Job job = template.job(over.position());
        if (!job.id().equals(over.id())) {
            throw mismatch(id, "where it had the job '" + over.id() + "', there is now '" + job.id() + "'");
        }
        String output = outputs.resolve(job.outputFolder())
                .resolve(job.outputName() + ".ipynb")
                .toString();
        if (!output.equals(over.output())) {
            throw mismatch(id, "the output of job '" + over.id() + "' was " + over.output() + " and is now " + output);
        }
        if (over.state().isSuccess()) {
            checkParameters(id, pipeline, over, job);
        }
    }

    private void checkParameters(String id, Pipeline pipeline, Resumption.Over over, Job job) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        try {
            job.resolve(new Reading(id, pipeline, ledger).values())
                    .parameters()
                    .properties()
                    .forEach(field -> parameters.put(field.getKey(), field.getValue()));
        } catch (ExpressionException e) {
            throw mismatch(id, "the parameters of " + e.getMessage());
        }
        // As they come back from the ledger: 1.0 and 1 are written differently, a long and an int are not.
        Map<String, JsonNode> now = LedgerJson.values(LedgerJson.text(Secrets.redact(parameters)));
        if (!now.equals(over.parameters())) {
            throw mismatch(
                    id,
                    "job '" + over.id() + "' succeeded with the parameters " + LedgerJson.text(over.parameters())
                            + ", and they are now " + LedgerJson.text(now));
        }
    }

    private static ResumeException mismatch(String id, String what) {
        return new ResumeException("run " + id + " cannot go on, because its jobs have changed: " + what
                + "; undo that, or begin a new run");
    }
}
