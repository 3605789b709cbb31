package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an engine made of a notebook.
 *
 * @param verdict {@code outcome}, and {@code ename} and {@code evalue} if it failed or was never begun
 * @param document the executed notebook; missing if none was written
 */
record ExecutedNotebook(JsonNode verdict, JsonNode document) {

    static ObjectNode verdict(String outcome) {
        return JsonNodeFactory.instance.objectNode().put("outcome", outcome);
    }
}
