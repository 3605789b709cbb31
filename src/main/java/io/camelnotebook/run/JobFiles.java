package io.camelnotebook.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a config says about a job's files, and whether an earlier job may stand for it.
 *
 * @param inputs paths, folders and globs of what it reads, relative to its working directory
 * @param outputs paths and globs of what it leaves, by name
 * @param cache whether an earlier job that did the same may stand for it
 * @param html whether the executed notebook is also written as an HTML page
 * @param upstream a checksum of what the jobs that it needs left; null unless {@code cache}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobFiles(
        List<String> inputs,
        Map<String, String> outputs,
        boolean cache,
        boolean html,
        @Nullable String upstream) {

    /** No files, and no earlier job. */
    public static final JobFiles NONE = new JobFiles(List.of(), Map.of(), false, false, null);
}
