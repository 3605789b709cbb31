package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the names of a reference into a value. */
final class Fields {

    private Fields() {}

    /**
     * The value at the end of the path. Keys may contain dots: {@code val.auc} is the key {@code auc} of {@code val},
     * or else the key {@code val.auc}.
     *
     * @throws ExpressionException when there is none; the message names the keys there are
     */
    static JsonNode read(JsonNode value, List<String> path, Reference reference) {
        JsonNode at = value;
        for (int i = 0; i < path.size(); i++) {
            String name = path.get(i);
            JsonNode inner = field(at, name);
            if (inner == null) {
                JsonNode dotted = at.get(String.join(".", path.subList(i, path.size())));
                if (dotted != null) {
                    return dotted;
                }
                throw new ExpressionException(reference + ": there is no " + Words.quote(name) + " in "
                        + Words.describe(at)
                        + (at.isObject() && !at.isEmpty() ? ": " + Suggestion.thereAre(keys(at)) : "")
                        + (at.isArray() && !at.isEmpty() ? " of " + at.size() + ", counted from 0" : ""));
            }
            at = inner;
        }
        return at;
    }

    private static @Nullable JsonNode field(JsonNode value, String name) {
        if (value.isArray() && name.matches("\\d{1,9}")) {
            return value.get(Integer.parseInt(name));
        }
        return value.get(name);
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
