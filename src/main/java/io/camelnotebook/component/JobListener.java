package io.camelnotebook.component;

import io.camelnotebook.run.JobMessage;

/** Hears how a job goes on while it is executed. Called on the job's thread, which waits: be quick, throw nothing. */
public interface JobListener {

    /** Listens to nothing. */
    JobListener NONE = new JobListener() {};

    /** A slot for a kernel is free, and the job has it. */
    default void started(JobMessage job) {}

    /** A cell has ended; so many of the notebook's cells are over. */
    default void cellEnded(JobMessage job, int cellsEnded, int cells) {}
}
