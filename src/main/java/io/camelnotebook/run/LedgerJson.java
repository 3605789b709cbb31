package io.camelnotebook.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named values as the ledger keeps them: JSON text in a column. */
final class LedgerJson {

    private static final ObjectMapper JSON = MessageJson.mapper();
    private static final TypeReference<LinkedHashMap<String, JsonNode>> VALUES = new TypeReference<>() {};

    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private LedgerJson() {}

    static String text(Map<String, JsonNode> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a JSON tree that cannot be written", e);
        }
    }

    static String text(List<String> names) {
        try {
            return JSON.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("names that cannot be written", e);
        }
    }

    /** The names of a list; none for a column that is null. */
    static List<String> names(@Nullable String text) {
        try {
            return text == null ? List.of() : JSON.readValue(text, NAMES);
        } catch (JsonProcessingException e) {
            throw new LedgerException("the ledger holds text that is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The values in the order they were written; none for a column that is null. */
    static Map<String, JsonNode> values(@Nullable String text) {
        try {
            return text == null ? Map.of() : JSON.readValue(text, VALUES);
        } catch (JsonProcessingException e) {
            throw new LedgerException("the ledger holds text that is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
