package io.camelnotebook.pipeline;

import java.util.List;

/**
 * What one {@code ${…}} reads: {@code jobs.prepare.results.table} is root {@code jobs} and the path
 * {@code prepare, results, table}.
 *
 * @param root {@code matrix}, {@code parameters}, {@code jobs} or {@code run}, unless it is yet to be checked
 * @param path what follows the root; empty when nothing does
 */
record Reference(String root, List<String> path) implements Template.Part {

    static final String MATRIX = "matrix";
    static final String PARAMETERS = "parameters";
    static final String JOBS = "jobs";
    static final String RUN = "run";

    Reference {
        path = List.copyOf(path);
    }

    /** The first name after the root, or an empty text. */
    String name() {
        return path.isEmpty() ? "" : path.get(0);
    }

    /** As it is written in a config file. */
    @Override
    public String toString() {
        return "${" + root + (path.isEmpty() ? "" : "." + String.join(".", path)) + "}";
    }
}
