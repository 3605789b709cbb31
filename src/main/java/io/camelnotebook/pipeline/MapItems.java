package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a function is called for. Immutable, if its JSON values are not changed. */
public sealed interface MapItems {

    /** Items that the config file lists, or an earlier job recorded. */
    record Listed(List<JsonNode> items) implements MapItems {

        public Listed {
            items = List.copyOf(items);
        }
    }

    /**
     * The lines of a file, each of them a JSON value.
     *
     * @param file its path, relative to the job's working directory
     */
    record Lines(String file) implements MapItems {}

    /**
     * Numbers, the first of which is {@code start}, and each of the others a step further.
     *
     * @param size how many, from 0
     * @param whole whether they are whole numbers, or else decimal fractions
     */
    record Numbers(BigDecimal start, BigDecimal step, long size, boolean whole) implements MapItems {}

    /**
     * The items that {@code over} names once its expressions have values.
     *
     * @param computed whether all of it is the value of an expression, and so a list
     * @throws ExpressionException when it is none
     */
    static MapItems of(JsonNode over, boolean computed) {
        if (over.isArray()) {
            List<JsonNode> items = new ArrayList<>(over.size());
            over.forEach(items::add);
            return new Listed(items);
        }
        if (computed) {
            throw new ExpressionException("the field 'map.over': expected a list, found " + Words.describe(over)
                    + "; for the lines of a file write {file: …}");
        }
        if (over.has("range")) {
            FiniteAxis.Range range = FiniteAxis.Range.of(over.path("range"));
            return new Numbers(range.start(), range.step(), range.size(), range.whole());
        }
        return new Lines(over.path("file").asText());
    }
}
