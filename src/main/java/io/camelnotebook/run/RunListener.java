package io.camelnotebook.run;

import java.time.Duration;
import java.util.OptionalLong;

/** Hears how runs go on. Called on whichever thread something happens, so be quick, be thread-safe, and throw nothing. */
public interface RunListener {

    /** Listens to nothing. */
    RunListener NONE = new RunListener() {};

    /** A run is in the ledger, and none of its jobs has started. */
    default void runStarted(RunSummary run) {}

    /** A job left the queue. */
    default void jobStarted(JobMessage job) {}

    /** A running job has a cell less to run. */
    default void cellEnded(JobMessage job, int cellsEnded, int cells) {}

    /**
     * A running job with a map has more of its items done.
     *
     * @param items how many are, failed ones too
     * @param of how many there are, as soon as that is known
     */
    default void itemsEnded(JobMessage job, long items, OptionalLong of) {}

    /** A job ended, and is in the ledger. */
    default void jobEnded(JobResult result) {}

    /** An attempt of a job ended, is in the ledger, and will be followed by another after the delay. */
    default void attemptEnded(JobResult result, Duration delay) {}

    /** A job will not be run. */
    default void jobNotRun(JobMessage job, JobState state, String reason) {}

    /** A file of a job did not arrive at a destination, and nobody tries any more; it stays in the outputs folder. */
    default void undelivered(String run, String job, String destination, String file, String error) {}

    /**
     * Every job of the run has ended, and what it left is published; the ledger does not say yet that the run is over. What
     * an engine must have done of a run that nobody goes on with any more is to be done here, perhaps a second time.
     */
    default void runEnds(RunSummary run) {}

    /** The run is over, and the ledger says so. */
    default void runEnded(RunSummary run) {}
}
