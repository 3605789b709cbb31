package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code resources} that the schema allows. */
final class ResourcesReader {

    /** No kernel does with less; a number of gigabytes without its unit is a number of bytes. */
    private static final long LEAST_MEMORY = 1024 * 1024;

    private final Problems problems;

    ResourcesReader(Problems problems) {
        this.problems = problems;
    }

    Resources read(JsonNode resources, JsonPointer place) {
        if (!resources.isObject()) {
            return Resources.NONE;
        }
        JsonNode threads = resources.path("threads");
        return new Resources(
                memory(resources.path("memory"), place.appendProperty("memory")),
                threads.isInt() ? OptionalInt.of(threads.intValue()) : OptionalInt.empty());
    }

    private OptionalLong memory(JsonNode memory, JsonPointer place) {
        if (memory.isMissingNode()) {
            return OptionalLong.empty();
        }
        OptionalLong bytes = Sizes.parse(memory.asText());
        if (bytes.isEmpty() || bytes.getAsLong() < LEAST_MEMORY) {
            problems.add(
                    place,
                    "expected an amount of memory of at least 1MiB, found " + Words.describe(memory),
                    Sizes.EXAMPLES);
            return OptionalLong.empty();
        }
        return bytes;
    }
}
