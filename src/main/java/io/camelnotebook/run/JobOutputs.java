package io.camelnotebook.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job that succeeded left beside its notebook.
 *
 * @param files by the names that the config gives them
 * @param cacheKey a checksum of all that decides what the job does; null if nobody asked for it
 * @param cachedFrom the job whose notebook and files these are; null if they are its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOutputs(
        Map<String, Files> files,
        @Nullable String cacheKey,
        @Nullable Origin cachedFrom) {

    /** Nothing. */
    public static final JobOutputs NONE = new JobOutputs(Map.of(), null, null);

    /**
     * The files of one name.
     *
     * @param glob whether they are as many as there were, and not one
     */
    public record Files(boolean glob, List<Kept> files) {

        /** The path, or with a glob the list of paths. */
        JsonNode paths() {
            if (!glob) {
                return TextNode.valueOf(files.get(0).path());
            }
            ArrayNode paths = JsonNodeFactory.instance.arrayNode(files.size());
            files.forEach(file -> paths.add(file.path()));
            return paths;
        }
    }

    /** A file where it is kept. */
    public record Kept(String path, String sha256, long bytes) {}

    /** A job of an earlier run. */
    public record Origin(String run, String job) {}

    /** The paths of all files, by name. */
    ObjectNode paths() {
        ObjectNode paths = JsonNodeFactory.instance.objectNode();
        files.forEach((name, kept) -> paths.set(name, kept.paths()));
        return paths;
    }
}
