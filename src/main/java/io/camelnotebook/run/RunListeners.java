package io.camelnotebook.run;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Several listeners as one; each hears everything in the order given. */
public final class RunListeners implements RunListener {

    private final List<RunListener> listeners;

    public RunListeners(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void each(Consumer<RunListener> what) {
        listeners.forEach(what);
    }

    @Override
    public void runStarted(RunSummary run) {
        each(listener -> listener.runStarted(run));
    }

    @Override
    public void jobStarted(JobMessage job) {
        each(listener -> listener.jobStarted(job));
    }

    @Override
    public void cellEnded(JobMessage job, int cellsEnded, int cells) {
        each(listener -> listener.cellEnded(job, cellsEnded, cells));
    }

    @Override
    public void itemsEnded(JobMessage job, long items, OptionalLong of) {
        each(listener -> listener.itemsEnded(job, items, of));
    }

    @Override
    public void jobEnded(JobResult result) {
        each(listener -> listener.jobEnded(result));
    }

    @Override
    public void attemptEnded(JobResult result, Duration delay) {
        each(listener -> listener.attemptEnded(result, delay));
    }

    @Override
    public void jobNotRun(JobMessage job, JobState state, String reason) {
        each(listener -> listener.jobNotRun(job, state, reason));
    }

    @Override
    public void undelivered(String run, String job, String destination, String file, String error) {
        each(listener -> listener.undelivered(run, job, destination, file, error));
    }

    @Override
    public void runEnds(RunSummary run) {
        each(listener -> listener.runEnds(run));
    }

    @Override
    public void runEnded(RunSummary run) {
        each(listener -> listener.runEnded(run));
    }
}
