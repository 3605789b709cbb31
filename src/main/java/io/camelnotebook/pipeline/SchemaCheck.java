package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** Checks a document against the schema, and tells which parts of it are fit to be read further. */
final class SchemaCheck {

    private final Problems problems;

    SchemaCheck(Problems problems) {
        this.problems = problems;
    }

    /** The jobs, and the fields outside of jobs, that are not as the schema says. A key too many breaks nothing. */
    Set<JsonPointer> check(ObjectNode root, ConfigFormat format) {
        Set<JsonPointer> broken = new HashSet<>();
        for (SchemaViolation violation : ConfigSchema.get().check(root, format)) {
            problems.add(violation.place(), violation.what(), violation.remedy());
            if (!violation.isUnknownKey()) {
                broken.add(part(violation.place(), format));
            }
        }
        return broken;
    }

    private static JsonPointer part(JsonPointer place, ConfigFormat format) {
        JsonPointer part = place;
        while (!part.matches() && !part.head().matches() && !part.head().equals(format.jobs())) {
            part = part.head();
        }
        return part;
    }
}
