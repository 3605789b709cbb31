package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** Which text of a document may be split into lines, and how it is joined again. */
final class MimeBundles {

    private MimeBundles() {}

    /** Whether an output of that type has its content in {@code data}, by MIME type. */
    static boolean areIn(String outputType) {
        return outputType.equals("execute_result") || outputType.equals("display_data");
    }

    /** Whether data of that type is JSON as it stands, where a list is a list and not text in lines. */
    static boolean isJson(String mimeType) {
        return mimeType.equals("application/json")
                || (mimeType.startsWith("application/") && mimeType.endsWith("+json"));
    }

    /** Whether nbformat writes data of that type line by line. */
    static boolean isWrittenInLines(String mimeType) {
        return mimeType.startsWith("text/")
                || mimeType.equals("application/javascript")
                || mimeType.equals("image/svg+xml");
    }

    /** Joins the text that is split into lines, in place. */
    static void join(JsonNode bundle) {
        if (bundle instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (!isJson(entry.getKey()) && entry.getValue().isArray()) {
                    joined(entry.getValue()).ifPresent(text -> entry.setValue(TextNode.valueOf(text)));
                }
            });
        }
    }

    /** The text of a node that is text, or a list of nothing but text. */
    static Optional<String> joined(JsonNode lines) {
        if (lines.isTextual()) {
            return Optional.of(lines.textValue());
        }
        if (!lines.isArray()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode line : lines) {
            if (!line.isTextual()) {
                return Optional.empty();
            }
            text.append(line.textValue());
        }
        return Optional.of(text.toString());
    }
}
