package io.camelnotebook.main;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.run.MessageJson;
import io.camelnotebook.run.RunHistory;

/** Runs of the ledger as JSON, for programs. */
final class HistoryJson {

    private static final ObjectMapper JSON = MessageJson.mapper();

    private HistoryJson() {}

    static ObjectNode of(RunHistory.Entry run) {
        ObjectNode object = JSON.createObjectNode();
        object.put("run", run.id());
        object.put("pipeline", run.pipeline());
        object.put("config", run.config());
        object.put("state", run.state().jsonName());
        if (run.correlation() != null) {
            object.put("correlation", run.correlation());
        }
        object.put("started", run.started());
        object.put("ended", run.ended());
        object.put("seconds", run.seconds().orElse(null));
        object.put("total", run.jobs());
        object.set("counts", JSON.valueToTree(run.counts()));
        return object;
    }

    static String text(ObjectNode object) throws JsonProcessingException {
        return JSON.writeValueAsString(object);
    }
}
