package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What expressions read of a run: its id and name, and how the jobs ended that a job needs. Asked only for jobs among
 * the (also indirect) needs of the job that is resolved, so all of them have ended.
 */
public interface RunValues {

    /** {@code ${run.id}}. */
    String runId();

    /** {@code ${run.name}}. */
    String runName();

    /**
     * {@code ${jobs.NAME.results}}: for a single job the map of its results, for a job with a matrix a list in the
     * order of its jobs, of maps with {@code label}, {@code parameters}, {@code results}, {@code status} and
     * {@code output}.
     *
     * @param job the name of the job in the pipeline
     */
    JsonNode results(String job);

    /**
     * {@code ${jobs.NAME.output}}: the path or URI of the executed notebook; for a job with a matrix a list of them.
     *
     * @param job the name of the job in the pipeline
     */
    JsonNode output(String job);

    /**
     * {@code ${jobs.NAME.files}}: for a single job the map of the files it recorded, by name.
     *
     * @param job the name of the job in the pipeline
     */
    JsonNode files(String job);
}
