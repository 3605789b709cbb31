package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An output that is kept as the JSON it came as: {@code display_data}, {@code execute_result}, {@code error}, and
 * whatever a later nbformat brings.
 *
 * @param json the output as in the document, text not split into lines: live
 */
public record JsonOutput(ObjectNode json) implements Output {

    @Override
    public String type() {
        return json.path("output_type").asText();
    }
}
