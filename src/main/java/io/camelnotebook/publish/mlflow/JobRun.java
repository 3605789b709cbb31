package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An attempt of a job as MLflow has it: a run nested under that of its pipeline. Immutable. */
final class JobRun {

    private final JsonNode event;
    private final JsonNode data;

    /** @param event the record of the attempt */
    JobRun(JsonNode event) {
        this.event = event;
        this.data = event.path("data");
    }

    /**
     * Makes it, with all that belongs to it, and ends it. What was left half done before is done again, which changes nothing of
     * what is there; one that has ended is left alone.
     */
    void send(Experiment experiment) throws MlflowException {
        ExperimentRuns runs = experiment.runs();
        String eventId = event.path("id").asText();
        Optional<ExperimentRuns.Run> found = runs.find(eventId);
        if (found.isPresent() && found.get().isOver()) {
            return;
        }
        String parent = experiment.pipelineRun(new PipelineRun(event));
        ExperimentRuns.Run run = found.isPresent()
                ? found.get()
                : runs.create(eventId, name(), millis("started"), Map.of("mlflow.parentRunId", parent));
        runs.log(run, values().values());
        Artifacts artifacts = new Artifacts(experiment.client());
        JsonNode output = data.path("output");
        for (String file : new String[] {"path", "html", "record"}) {
            // Without its notebook, what is there is that of an earlier run.
            boolean left = !file.equals("path") || output.hasNonNull("sha256");
            if (left && output.hasNonNull(file)) {
                artifacts.upload(run, Path.of(output.path(file).asText()));
            }
        }
        runs.end(run, RunStatus.of(text("status")), millis("ended"));
        experiment.checkOnce(eventId);
    }

    private String name() {
        int attempt = data.path("attempt").asInt(1);
        return attempt == 1 ? text("job") : text("job") + " attempt " + attempt;
    }

    private RunValues values() {
        RunValues values = new RunValues(millis("ended"));
        values.tag("mlflow.user", System.getProperty("user.name", ""));
        values.tag("mlflow.source.type", "NOTEBOOK");
        values.tag("mlflow.source.name", data.path("notebook").path("path").asText());
        values.tag("mlflow.source.git.commit", textOf(data.path("notebook").path("git_commit")));
        for (String field : new String[] {"run", "pipeline", "job", "label", "attempt", "status", "host"}) {
            values.tag("camel_notebook." + field, textOf(data.path(field)));
        }
        values.tag("camel_notebook.kernel", textOf(data.path("kernel").path("name")));
        values.tag("camel_notebook.correlation", textOf(event.path("correlationid")));
        values.tag("camel_notebook.cached_from", textOf(data.path("cached_from").path("run")));
        error(values);
        data.path("parameters").properties().forEach(value -> values.parameter(value.getKey(), value.getValue()));
        data.path("results").properties().forEach(value -> values.result(value.getKey(), value.getValue()));
        for (String seconds : new String[] {"queue_seconds", "start_seconds", "run_seconds"}) {
            values.metric("system/" + seconds, data.path(seconds));
        }
        values.metric("system/cpu_seconds", data.path("kernel").path("cpu_seconds"));
        values.metric("system/peak_memory_bytes", data.path("kernel").path("peak_memory_bytes"));
        return values;
    }

    private void error(RunValues values) {
        JsonNode error = data.path("error");
        if (error.isObject()) {
            String text = textOf(error.path("ename")) + ": " + textOf(error.path("evalue"));
            values.tag("camel_notebook.error", text);
            String cell = error.path("cell").isInt()
                    ? " in cell " + (error.path("cell").asInt() + 1)
                    : "";
            // MLflow's page of a run begins with it.
            values.tag("mlflow.note.content", text("status").replace('_', ' ') + cell + "\n```\n" + text + "\n```");
        }
    }

    private String text(String field) {
        return textOf(data.path(field));
    }

    private static String textOf(JsonNode value) {
        return value.isNull() ? "" : value.asText();
    }

    private long millis(String field) {
        return Instant.parse(text(field)).toEpochMilli();
    }
}
