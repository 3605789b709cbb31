package io.camelnotebook.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The line for an item that broke its kernel, among the results that kernels write for the others. */
final class ItemError {

    private ItemError() {}

    static String line(long item, JobResult.Failure failure) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("ename", failure.ename()).put("evalue", failure.evalue());
        ArrayNode traceback = error.putArray("traceback");
        failure.traceback().forEach(traceback::add);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("index", item).set("error", error);
        return line.toString();
    }
}
