package io.camelnotebook.execution.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares two executions of the same notebook, field by field, without any tolerance: see {@link Normaliser}. */
final class NotebookComparison {

    private final List<Difference> differences = new ArrayList<>();

    private NotebookComparison() {}

    /** Every difference, in the order of the documents' cells. */
    static List<Difference> between(ExecutedNotebook expected, ExecutedNotebook actual) {
        NotebookComparison comparison = new NotebookComparison();
        comparison.compare("/verdict", expected.verdict(), actual.verdict());
        comparison.compare("/notebook", expected.document(), actual.document());
        return comparison.differences;
    }

    private void compare(String place, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (String field : fields(expected, actual)) {
                String escaped = field.replace("~", "~0").replace("/", "~1");
                compare(place + "/" + escaped, expected.path(field), actual.path(field));
            }
        } else if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compare(place + "/" + i, element(expected, i), element(actual, i));
            }
        } else if (!expected.equals(actual)) {
            differences.add(Difference.of(place, expected, actual));
        }
    }

    private static Set<String> fields(JsonNode expected, JsonNode actual) {
        Set<String> fields = new TreeSet<>();
        expected.fieldNames().forEachRemaining(fields::add);
        actual.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static JsonNode element(JsonNode array, int index) {
        return index < array.size() ? array.get(index) : MissingNode.getInstance();
    }
}
