package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which outputs of a notebook have which {@code display_id}, so that a later message can change them, whatever cell
 * they are in.
 */
final class DisplayIndex {

    private final Map<String, List<ObjectNode>> outputs = new HashMap<>();

    /** Gives every output of that id the data and metadata of a message. */
    void update(String displayId, ObjectNode data, ObjectNode metadata) {
        for (ObjectNode output : outputs.getOrDefault(displayId, List.of())) {
            output.set("data", data.deepCopy());
            output.set("metadata", metadata.deepCopy());
        }
    }

    void add(String displayId, ObjectNode output) {
        outputs.computeIfAbsent(displayId, id -> new ArrayList<>()).add(output);
    }

    /** Forgets outputs that have been cleared. */
    void forget(Collection<ObjectNode> cleared) {
        if (!outputs.isEmpty()) {
            Set<ObjectNode> gone = Collections.newSetFromMap(new IdentityHashMap<>());
            gone.addAll(cleared);
            outputs.values().forEach(list -> list.removeIf(gone::contains));
            outputs.values().removeIf(List::isEmpty);
        }
    }
}
