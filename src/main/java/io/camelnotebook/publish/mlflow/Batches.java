package io.camelnotebook.publish.mlflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Divides the values of a run into requests that are within MLflow's limits for one. */
final class Batches {

    private static final int MOST_VALUES = 1000;
    private static final int MOST_PARAMETERS_OR_TAGS = 100;

    /** A tenth less than a million, for what is around the values. */
    private static final int MOST_BYTES = 900_000;

    private final String run;
    private final List<ObjectNode> requests = new ArrayList<>();
    private int size;
    private int bytes;

    private Batches(String run) {
        this.run = run;
    }

    /** The bodies of the requests, in order. */
    static List<ObjectNode> of(String run, List<RunValues.Value> values) {
        Batches batches = new Batches(run);
        values.forEach(batches::add);
        return batches.requests;
    }

    private void add(RunValues.Value value) {
        int length = value.json().toString().getBytes(StandardCharsets.UTF_8).length;
        if (requests.isEmpty() || !hasRoom(value.kind(), length)) {
            requests.add(JsonNodeFactory.instance.objectNode().put("run_id", run));
            size = 0;
            bytes = 0;
        }
        requests.get(requests.size() - 1).withArray(value.kind()).add(value.json());
        size++;
        bytes += length;
    }

    private boolean hasRoom(String kind, int length) {
        int most = kind.equals("metrics") ? MOST_VALUES : MOST_PARAMETERS_OR_TAGS;
        return size < MOST_VALUES
                && bytes + length <= MOST_BYTES
                && requests.get(requests.size() - 1).path(kind).size() < most;
    }
}
