package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A run of a pipeline as MLflow has it: the one that those of its jobs are nested under. Immutable. */
final class PipelineRun {

    private final JsonNode event;
    private final JsonNode data;

    /** @param event the record of the pipeline's run, or of one of its jobs */
    PipelineRun(JsonNode event) {
        this.event = event;
        this.data = event.path("data");
    }

    String id() {
        return data.path("run").asText();
    }

    /** Finds it or begins it; gives its id at the server. */
    String open(ExperimentRuns runs) throws MlflowException {
        ExperimentRuns.Run run = findOrCreate(runs);
        if (run.isOver()) {
            runs.reopen(run);
        } else {
            RunValues values = new RunValues(begin().toEpochMilli());
            describe(values);
            runs.log(run, values.values());
        }
        return run.id();
    }

    private ExperimentRuns.Run findOrCreate(ExperimentRuns runs) throws MlflowException {
        Optional<ExperimentRuns.Run> found = runs.find(id());
        return found.isPresent()
                ? found.get()
                : runs.create(id(), data.path("pipeline").asText() + " " + id(), begin().toEpochMilli(), Map.of());
    }

    /** It begins when its first job was ready. */
    private Instant begin() {
        if (!data.has("started")) {
            return Instant.parse(event.path("time").asText());
        }
        long waited = Math.round(data.path("queue_seconds").asDouble() * 1000);
        return Instant.parse(data.path("started").asText()).minus(Duration.ofMillis(waited));
    }

    private void describe(RunValues values) {
        values.tag("mlflow.user", System.getProperty("user.name", ""));
        values.tag("mlflow.source.type", "JOB");
        values.tag("mlflow.source.name", data.path("config").asText());
        values.tag("camel_notebook.run", id());
        values.tag("camel_notebook.pipeline", data.path("pipeline").asText());
        values.tag("camel_notebook.correlation", event.path("correlationid").asText());
    }

    /** Ends it as the record of the pipeline's run says. */
    void end(Experiment experiment) throws MlflowException {
        ExperimentRuns runs = experiment.runs();
        ExperimentRuns.Run run = findOrCreate(runs);
        Instant end = Instant.parse(event.path("time").asText());
        RunValues values = new RunValues(end.toEpochMilli());
        describe(values);
        values.tag("camel_notebook.status", data.path("status").asText());
        values.tag("mlflow.note.content", problems());
        values.metric("jobs", data.path("jobs"));
        data.path("ended").properties().forEach(count -> values.metric("jobs." + count.getKey(), count.getValue()));
        runs.log(run, values.values());
        if (data.has("table")) {
            new Artifacts(experiment.client())
                    .upload(run, Path.of(data.path("table").asText()));
        }
        runs.end(run, RunStatus.of(data.path("status").asText()), end.toEpochMilli());
        experiment.checkOnce(id());
        experiment.forget(this);
    }

    /** A list in Markdown, which MLflow's page of a run begins with. */
    private String problems() {
        StringBuilder list = new StringBuilder();
        data.path("problems")
                .forEach(problem -> list.append("- ")
                        .append(problem.asText().replace("\n", " "))
                        .append('\n'));
        return list.toString();
    }
}
