package io.camelnotebook.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run was begun for.
 *
 * @param configSha256 of the config file's content; null if nobody knows it
 * @param claim the name under which a watcher claimed the config file; null if it was named on the command line
 * @param overrides the parameters of the command line, which replace those of the config file
 * @param only the jobs that were named, which are run with what they need; all if there are none
 * @param correlation the id by which whoever sent the config knows the run; null if there is none
 */
public record RunOrigin(
        @Nullable String configSha256,
        @Nullable String claim,
        Map<String, JsonNode> overrides,
        List<String> only,
        @Nullable String correlation) {

    /** Of a run that nobody asks about. */
    public static final RunOrigin UNKNOWN = new RunOrigin(null, null, Map.of());

    /** Of a run of all jobs. */
    public RunOrigin(@Nullable String configSha256, @Nullable String claim, Map<String, JsonNode> overrides) {
        this(configSha256, claim, overrides, List.of());
    }

    /** Of a run that nobody knows by an id of their own. */
    public RunOrigin(
            @Nullable String configSha256, @Nullable String claim, Map<String, JsonNode> overrides, List<String> only) {
        this(configSha256, claim, overrides, only, null);
    }

    public RunOrigin {
        overrides = Map.copyOf(overrides);
        only = List.copyOf(only);
    }

    /** The same with the id by which whoever sent the config knows the run. */
    public RunOrigin withCorrelation(String id) {
        return new RunOrigin(configSha256, claim, overrides, only, id);
    }
}
