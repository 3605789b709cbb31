package io.camelnotebook.pipeline;

import java.util.List;

/**
 * Which cells of a job's notebook are passed over, and which errors do not fail the job.
 *
 * @param allowErrors whether every error is allowed
 * @param allowedErrors the names of errors that are allowed, as the kernel says them, such as {@code ValueError}
 * @param skipTags a cell with one of these tags is not run
 */
public record CellRules(boolean allowErrors, List<String> allowedErrors, List<String> skipTags) {

    /** What holds for a job that says nothing of it. */
    public static final CellRules DEFAULT = new CellRules(false, List.of(), List.of("skip-execution"));

    public CellRules {
        allowedErrors = List.copyOf(allowedErrors);
        skipTags = List.copyOf(skipTags);
    }
}
