package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, and the runs in it that stand for runs of pipelines. It remembers what it knows of the server until a request
 * fails. Thread-safe.
 */
final class Experiment {

    private static final String GONE = "RESOURCE_DOES_NOT_EXIST";

    private final TrackingClient client;
    private final String name;
    private final Map<String, String> pipelineRuns = new HashMap<>();
    private @Nullable String id;
    private boolean failed;

    Experiment(TrackingClient client, String name) {
        this.client = client;
        this.name = name;
    }

    TrackingClient client() {
        return client;
    }

    String name() {
        return name;
    }

    /** Its runs, once there is the experiment. */
    synchronized ExperimentRuns runs() throws MlflowException {
        if (id == null) {
            id = findOrCreate();
        }
        return new ExperimentRuns(client, id);
    }

    private String findOrCreate() throws MlflowException {
        try {
            return find();
        } catch (MlflowException e) {
            if (!e.is(GONE)) {
                throw e;
            }
        }
        try {
            ObjectNode experiment = JsonNodeFactory.instance.objectNode().put("name", name);
            return client.post("experiments/create", experiment)
                    .path("experiment_id")
                    .asText();
        } catch (MlflowException e) {
            // Somebody else was faster.
            if (e.is("RESOURCE_ALREADY_EXISTS")) {
                return find();
            }
            throw e;
        }
    }

    private String find() throws MlflowException {
        JsonNode experiment =
                client.get("experiments/get-by-name", "experiment_name", name).path("experiment");
        if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
            throw new MlflowException(
                    "the experiment '" + name + "' of " + client + " is deleted; restore it there, or use another", "");
        }
        return experiment.path("experiment_id").asText();
    }

    /** The id of the run that stands for that of a pipeline; it is made, or goes on, with the first of its jobs. */
    synchronized String pipelineRun(PipelineRun run) throws MlflowException {
        String known = pipelineRuns.get(run.id());
        if (known == null) {
            known = run.open(runs());
            pipelineRuns.put(run.id(), known);
        }
        return known;
    }

    /** A pipeline's run is over. */
    synchronized void forget(PipelineRun run) {
        pipelineRuns.remove(run.id());
    }

    /** A request failed: the server may not be what it was. */
    synchronized void forgetAll() {
        id = null;
        pipelineRuns.clear();
        failed = true;
    }

    /** Leaves an event one run, where a failed request may have made another since the first one was found. */
    void checkOnce(String eventId) throws MlflowException {
        if (hasFailed()) {
            runs().find(eventId);
        }
    }

    private synchronized boolean hasFailed() {
        return failed;
    }
}
