package io.camelnotebook.pipeline;

/**
 * How large a config file may be.
 *
 * @param maxJobs the most jobs a pipeline may have, all its matrices counted: {@code notebook.max-jobs}
 * @param maxFileBytes the most bytes a config file may have
 */
public record PipelineLimits(int maxJobs, long maxFileBytes) {

    private static final int DEFAULT_MAX_JOBS = 100_000;
    private static final long DEFAULT_MAX_FILE_BYTES = 10L * 1024 * 1024;

    public PipelineLimits {
        if (maxJobs < 1 || maxFileBytes < 1) {
            throw new IllegalArgumentException("Limits must be at least 1: " + maxJobs + ", " + maxFileBytes);
        }
    }

    /** 100,000 jobs and 10 MB. */
    public static PipelineLimits defaults() {
        return new PipelineLimits(DEFAULT_MAX_JOBS, DEFAULT_MAX_FILE_BYTES);
    }

    /** These limits with another number of jobs. */
    public PipelineLimits withMaxJobs(int jobs) {
        return new PipelineLimits(jobs, maxFileBytes);
    }
}
