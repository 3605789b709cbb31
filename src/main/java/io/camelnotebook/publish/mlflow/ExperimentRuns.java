package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The runs of an experiment, each with the id of the event that it stands for. Thread-safe. */
final class ExperimentRuns {

    static final String EVENT_ID = "camel_notebook.event_id";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String RUNNING = "RUNNING";

    /** What would end a text in a filter, or confuse the server's parser. */
    private static final Pattern UNSAFE = Pattern.compile("[%'\"`\\\\\\p{Cntrl}]");

    private final TrackingClient client;
    private final String experiment;

    ExperimentRuns(TrackingClient client, String experiment) {
        this.client = client;
        this.experiment = experiment;
    }

    /** A run of the server; {@code artifacts} is where it keeps its files. */
    record Run(String id, boolean isOver, String artifacts) {}

    /**
     * The run of an event, so that it is not made a second time: perhaps an earlier request was answered too late, or to an
     * engine that was gone. If there are more, since the server did after all what it had kept us waiting for, the others are
     * deleted.
     */
    Optional<Run> find(String eventId) throws MlflowException {
        List<Run> found = all(eventId);
        for (Run other : found.subList(Math.min(1, found.size()), found.size())) {
            client.post("runs/delete", NODES.objectNode().put("run_id", other.id()));
        }
        return found.stream().findFirst();
    }

    /** Makes the run of an event. */
    Run create(String eventId, String name, long startTime, Map<String, String> tags) throws MlflowException {
        ObjectNode run = NODES.objectNode().put("experiment_id", experiment);
        run.put("run_name", name).put("start_time", startTime);
        ArrayNode list = run.putArray("tags");
        list.addObject().put("key", EVENT_ID).put("value", escaped(eventId));
        tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        return run(client.post("runs/create", run).path("run").path("info"));
    }

    /** The one that there is most of comes first. */
    private List<Run> all(String eventId) throws MlflowException {
        String value = escaped(eventId);
        ObjectNode search = NODES.objectNode().put("filter", "tags.`" + EVENT_ID + "` = '" + value + "'");
        search.putArray("experiment_ids").add(experiment);
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode run : client.post("runs/search", search).path("runs")) {
            // Some databases do not tell upper from lower case.
            if (run.path("data")
                    .path("tags")
                    .valueStream()
                    .anyMatch(tag -> tag.path("key").asText().equals(EVENT_ID)
                            && tag.path("value").asText().equals(value))) {
                found.add(run.path("info"));
            }
        }
        return found.stream()
                .map(ExperimentRuns::run)
                .sorted(Comparator.comparing(Run::isOver).reversed().thenComparing(Run::id))
                .toList();
    }

    void log(Run run, List<RunValues.Value> values) throws MlflowException {
        for (ObjectNode batch : Batches.of(run.id(), values)) {
            client.post("runs/log-batch", batch);
        }
    }

    void end(Run run, String status, long endTime) throws MlflowException {
        client.post(
                "runs/update",
                NODES.objectNode().put("run_id", run.id()).put("status", status).put("end_time", endTime));
    }

    /** A run that is over goes on. */
    void reopen(Run run) throws MlflowException {
        client.post("runs/update", NODES.objectNode().put("run_id", run.id()).put("status", RUNNING));
    }

    private static Run run(JsonNode info) {
        return new Run(
                info.path("run_id").asText(),
                !info.path("status").asText().equals(RUNNING),
                info.path("artifact_uri").asText());
    }

    private static String escaped(String eventId) {
        return UNSAFE.matcher(eventId)
                .replaceAll(unsafe -> String.format(
                        Locale.ROOT, "%%%02X", (int) unsafe.group().charAt(0)));
    }
}
