package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some combinations of another matrix.
 *
 * @param indexes in the other matrix, each once
 */
record SelectedMatrix(Matrix all, List<Integer> indexes) implements Matrix {

    SelectedMatrix {
        indexes = List.copyOf(indexes);
    }

    @Override
    public int size() {
        return indexes.size();
    }

    @Override
    public Map<String, JsonNode> combination(int index) {
        return all.combination(indexes.get(index));
    }

    @Override
    public int number(int index) {
        return all.number(indexes.get(index));
    }

    @Override
    public Set<String> names() {
        return all.names();
    }
}
