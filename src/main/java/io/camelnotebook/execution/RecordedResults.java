package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.JsonOutput;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.Output;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values that a notebook recorded, in the form that scrapbook's {@code glue} gives them. */
final class RecordedResults {

    /** scrapbook puts the encoder's name after it: json, text, pandas. */
    private static final String SCRAP = "application/scrapbook.scrap.";

    private RecordedResults() {}

    /** The recorded values by name, in the order in which the names first appeared; the last value of a name counts. */
    static Map<String, JsonNode> of(Notebook notebook) {
        Map<String, JsonNode> results = new LinkedHashMap<>();
        for (Cell cell : notebook.cells()) {
            for (Output output : cell.outputs()) {
                if (output instanceof JsonOutput json) {
                    json.json().path("data").properties().stream()
                            .filter(data -> data.getKey().startsWith(SCRAP))
                            .map(Map.Entry::getValue)
                            .filter(scrap -> scrap.path("name").isTextual())
                            .forEach(scrap -> results.put(scrap.path("name").textValue(), scrap.path("data")));
                }
            }
        }
        return results;
    }
}
