package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.publish.mlflow.MlflowDestinations;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment of MLflow: it has a run for each attempt, and one for that of the pipeline. */
record MlflowDestination() implements DestinationKind {

    @Override
    public Optional<String> problem(Address address) {
        return MlflowDestinations.problem(address.full(), address.isNamed());
    }

    @Override
    public boolean showsPages(Address address) {
        return !address.uri().contains("html=false")
                && address.option("html").filter("false"::equals).isEmpty();
    }

    @Override
    public List<Content> ofJob(JobResult result) {
        JobMessage job = result.job();
        List<Content> records = new ArrayList<>();
        Content last = DestinationKind.super.ofJob(result).get(0);
        // Their ids tell them apart, whatever their files are called by then.
        EarlierAttempt.records(job)
                .forEach((attempt, file) ->
                        records.add(new Content(MetadataRecord.id(job, attempt), last.name(), file, null, Map.of())));
        records.add(last);
        return records;
    }

    @Override
    public Optional<Content> ofRun(RunSummary run, Path table, Instant time) {
        String state = run.state().jsonName();
        ObjectNode record = RunRecord.of(run, state, time);
        record.withObject("data").put("table", table.toString());
        return Optional.of(
                new Content(RunRecord.id(run, state), "the end of run " + run.id(), null, record.toString(), Map.of()));
    }
}
