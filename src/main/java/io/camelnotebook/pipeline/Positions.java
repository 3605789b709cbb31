package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the fields of a config file are. Places deep inside values, and those beyond a number that no config written
 * by hand reaches, are not kept: they answer with the place of what they are in.
 */
final class Positions {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_PLACES = 200_000;

    private final Map<JsonPointer, Position> places = new HashMap<>();

    Positions(Position root) {
        places.put(JsonPointer.empty(), root);
    }

    /** Notes a field of an object and returns its pointer, or its parent's when it is not kept. */
    JsonPointer enter(JsonPointer parent, int depth, String key, Position position) {
        return isKept(depth) ? put(parent.appendProperty(key), position) : parent;
    }

    /** Notes an item of a list and returns its pointer, or its parent's when it is not kept. */
    JsonPointer enter(JsonPointer parent, int depth, int index, Position position) {
        return isKept(depth) ? put(parent.appendIndex(index), position) : parent;
    }

    Position of(JsonPointer pointer) {
        for (JsonPointer place = pointer; place != null; place = place.head()) {
            Position position = places.get(place);
            if (position != null) {
                return position;
            }
        }
        throw new IllegalStateException("The document has no root");
    }

    private boolean isKept(int depth) {
        return depth <= MAX_DEPTH && places.size() < MAX_PLACES;
    }

    private JsonPointer put(JsonPointer pointer, Position position) {
        places.put(pointer, position);
        return pointer;
    }
}
