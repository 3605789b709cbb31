package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.run.RunSummary;
import java.time.Instant;

/** What is told about a run of a pipeline: a CloudEvents 1.0 envelope around how it stands. */
public final class RunRecord {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunRecord() {}

    /** The record's id. A run that failed may go on, and fail again. */
    static String id(RunSummary run, String what) {
        return run.id() + "/" + run.attempts() + "/" + what;
    }

    /**
     * The record as JSON.
     *
     * @param what happened to it: {@code started}, or the name of the state that it ended in
     */
    public static ObjectNode of(RunSummary run, String what, Instant time) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("specversion", "1.0").put("id", id(run, what));
        envelope.put("source", "/camel-notebook/" + run.pipeline());
        envelope.put("type", "io.camelnotebook.run." + what).put("subject", run.id());
        envelope.put("time", time.toString()).put("datacontenttype", "application/json");
        MetadataRecord.correlate(envelope, run.correlation());
        ObjectNode data = envelope.putObject("data");
        data.put("run", run.id()).put("pipeline", run.pipeline()).put("config", run.config());
        data.put("status", run.state().jsonName()).put("jobs", run.total());
        ObjectNode ended = data.putObject("ended");
        run.jobs().forEach((state, count) -> ended.put(state.jsonName(), count));
        data.put("undelivered", run.undelivered());
        data.set("problems", JSON.valueToTree(run.problems()));
        return envelope;
    }
}
