package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the {@code map} of a job that the schema allows. */
final class MapReader {

    static final String KEY = "map";
    static final String OVER = "over";

    private static final String REMEDY = "for the lines of a file write {file: …}";

    private final Problems problems;

    MapReader(Problems problems) {
        this.problems = problems;
    }

    /** Which function is called, and how; empty if the job has no map. */
    Optional<MapSpec> read(JsonNode job, JsonPointer place) {
        JsonNode map = job.path(KEY);
        if (map.isMissingNode()) {
            return Optional.empty();
        }
        if (job.path("cache").asBoolean(false)) {
            problems.add(place.appendProperty("cache"), "a job with a map cannot be cached", "remove it");
        }
        if (!job.path("outputs").isEmpty()) {
            problems.add(
                    place.appendProperty("outputs"),
                    "a job with a map leaves its results, and no files beside them",
                    "let the function return what is to be kept");
        }
        JsonNode chunk = map.path("chunk");
        return Optional.of(new MapSpec(
                map.path("function").asText(),
                map.path("unpack").asBoolean(false),
                chunk.isInt() ? OptionalInt.of(chunk.intValue()) : OptionalInt.empty(),
                map.path("ordered").asBoolean(true),
                OnItemError.named(map.path("on_error").asText("record"))));
    }

    /** What it is called for, to be compiled; empty if there is none, or it is wrong, which has been told. */
    Optional<JsonNode> over(JsonNode job, JsonPointer place) {
        JsonNode over = job.path(KEY).path(OVER);
        JsonPointer inner = place(place);
        if (over.isTextual() && !mayBeOneExpression(over.textValue())) {
            problems.add(inner, "expected a list, or an expression, found " + Words.describe(over), REMEDY);
            return Optional.empty();
        }
        boolean sound =
                !over.has("range") || new AxisReader(problems).read(over, inner).isPresent();
        return sound ? Optional.of(over).filter(present -> !present.isMissingNode()) : Optional.empty();
    }

    /** Where what it is called for is written. */
    static JsonPointer place(JsonPointer job) {
        return job.appendProperty(KEY).appendProperty(OVER);
    }

    /** Also what is no template at all: that is told where it is compiled. */
    private static boolean mayBeOneExpression(String text) {
        try {
            return Template.isTemplate(text) && Template.parse(text).isOneReference();
        } catch (ExpressionException e) {
            return true;
        }
    }
}
