package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.OnFailure;
import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run that goes on: how many of its jobs are in flight or over, and how it stands. To be used under its own lock.
 */
final class Run {

    /** A job that will not be run, and why. */
    record NotRun(Job job, JobState state, String reason) {}

    /** As many as people read. */
    private static final int MOST_PROBLEMS = 20;

    private final String id;
    private final Pipeline pipeline;
    private final int window;
    private final Readiness readiness;
    private final int total;
    private final Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    private final CompletableFuture<RunSummary> end = new CompletableFuture<>();
    private final List<String> problems = new ArrayList<>();
    private int inFlight;
    private int settled;
    private int undelivered;
    private boolean cancelled;
    private @Nullable String stoppedBy;

    /**
     * A run none of whose jobs has started.
     *
     * @param window how many jobs may be in flight at once, unless the pipeline says fewer
     */
    Run(String id, Pipeline pipeline, int window) {
        this.id = id;
        this.pipeline = pipeline;
        this.window = Math.min(window, pipeline.maxParallel().orElse(window));
        this.readiness = new Readiness(id, pipeline);
        this.total = pipeline.size();
    }

    String id() {
        return id;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Completes when every job is settled. */
    CompletableFuture<RunSummary> end() {
        return end;
    }

    /** Takes the jobs that are ready and fit into the window: the most urgent first. */
    List<Job> takeReady() {
        List<Job> ready = new ArrayList<>();
        if (cancelled || stoppedBy != null) {
            return ready;
        }
        while (inFlight < window) {
            Optional<Job> job = readiness.takeReady();
            if (job.isEmpty()) {
                break;
            }
            ready.add(job.get());
            inFlight++;
        }
        return ready;
    }

    /** Takes a job that can no longer become ready; empty if there is none. */
    Optional<NotRun> takeNotRun() {
        Optional<NotRun> notRun;
        if (cancelled) {
            notRun = readiness
                    .takeAny()
                    .map(job -> new NotRun(job, JobState.CANCELLED, "the run was cancelled before it started"));
        } else {
            notRun = readiness.takeDoomed().map(job -> new NotRun(job, JobState.SKIPPED, readiness.reason(job)));
            if (notRun.isEmpty() && stoppedBy != null) {
                notRun = readiness.takeAny().map(job -> new NotRun(job, JobState.SKIPPED, stopped()));
            }
        }
        notRun.ifPresent(job -> {
            over(job.job().template().name(), job.state());
            settled++;
        });
        return notRun;
    }

    private String stopped() {
        return "the run stopped when '" + stoppedBy + "' did not succeed (on_failure: stop)";
    }

    /** A job that was taken has ended. */
    void ended(String template, String job, JobState state) {
        if (!state.isTerminal()) {
            throw new IllegalArgumentException("job '" + job + "' cannot end as " + state.jsonName());
        }
        inFlight--;
        over(template, state);
        if (!state.isSuccess() && pipeline.onFailure() == OnFailure.STOP && stoppedBy == null) {
            stoppedBy = job;
        }
    }

    private void over(String template, JobState state) {
        readiness.ended(template, state.isSuccess());
        counts.merge(state, 1, Integer::sum);
    }

    /** What a job that has ended left behind is where it belongs. */
    void settled() {
        settled++;
    }

    /** Keeps what went wrong, in a line, for the run's summary. */
    void problem(String line) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(line);
        }
    }

    /** A file of a job did not arrive at a destination. */
    void undelivered() {
        undelivered++;
    }

    boolean isOver() {
        return settled == total;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    RunSummary summary() {
        return new RunSummary(
                id,
                pipeline.name(),
                pipeline.file().toString(),
                state(),
                total,
                counts,
                undelivered,
                problems,
                pipeline.maxParallel().orElse(0));
    }

    private RunState state() {
        if (!isOver()) {
            return RunState.RUNNING;
        }
        int successes = counts.getOrDefault(JobState.SUCCEEDED, 0) + counts.getOrDefault(JobState.CACHED, 0);
        if (successes == total) {
            return RunState.SUCCEEDED;
        }
        return cancelled ? RunState.CANCELLED : RunState.FAILED;
    }
}
