package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/** The combinations of values that make one job many. They are computed when asked for. Thread-safe. */
public sealed interface Matrix permits ProductMatrix, SampledMatrix, SelectedMatrix {

    /** The number of combinations, from 1. */
    int size();

    /**
     * One combination: values by name.
     *
     * @param index from 0 to below {@link #size()}
     */
    Map<String, JsonNode> combination(int index);

    /** The index that a combination has when all are there. */
    default int number(int index) {
        return index;
    }

    /** Every name that some combination has a value for. */
    Set<String> names();
}
