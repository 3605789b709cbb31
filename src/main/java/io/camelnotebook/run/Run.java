package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.OnFailure;
import io.camelnotebook.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run that goes on: how many of its jobs are in flight or over, and how it stands. To be used under its own lock.
 */
final class Run {

    /** A job that will not be run, and why. */
    record NotRun(Job job, int attempt, JobState state, String reason) {}

    /** A job that failed and has another attempt before it. */
    record Repetition(String template, int index, int attempt) {}

    /** As many as people read. */
    static final int MOST_PROBLEMS = 20;

    private final String id;
    private final Pipeline pipeline;
    private final @Nullable String correlation;
    private final int window;
    private final Readiness readiness;
    private final int total;
    private final Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    private final CompletableFuture<RunSummary> end = new CompletableFuture<>();
    private final List<String> problems = new ArrayList<>();
    private final Repetitions repetitions = new Repetitions();
    private final RunMaps maps = new RunMaps();
    private final SentJobs sent = new SentJobs();
    private int inFlight;
    private int settled;
    private int undelivered;
    private boolean resumed;
    private boolean cancelled;
    private boolean ending;
    private @Nullable String stoppedBy;

    /**
     * A run none of whose jobs has started.
     *
     * @param window how many jobs may be in flight at once, unless the pipeline says fewer
     */
    Run(String id, Pipeline pipeline, int window) {
        this(id, pipeline, window, null);
    }

    /** The same, with the id by which whoever sent its config knows it. */
    Run(String id, Pipeline pipeline, int window, @Nullable String correlation) {
        this.id = id;
        this.pipeline = pipeline;
        this.correlation = correlation;
        this.window = Math.min(window, pipeline.maxParallel().orElse(window));
        this.readiness = new Readiness(id, pipeline);
        this.total = pipeline.size();
    }

    /** A job was over when the run went on here. */
    void restored(Resumption.Over job, boolean isSettled) {
        resumed = true;
        readiness.restored(job.template(), job.position(), job.state().isSuccess());
        counts.merge(job.state(), 1, Integer::sum);
        if (isSettled) {
            settled++;
        }
        if (!job.state().isSuccess()) {
            problem("job '" + job.id() + "' " + job.state().jsonName().replace('_', ' ')
                    + (job.error() == null ? "" : ": " + job.error()));
            stopAt(job.id());
        }
    }

    /** The run goes on here, and so many files were given up before. */
    void restoredUndelivered(int files) {
        resumed = true;
        undelivered = files;
    }

    /** Whether it began before, and jobs of it may have had attempts. */
    boolean isResumed() {
        return resumed;
    }

    /** Its jobs that failed and have another attempt before them. */
    Repetitions repetitions() {
        return repetitions;
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

    /** Takes the jobs whose next attempt is due and that fit into the window, also those of a run that has stopped. */
    List<Repetition> takeDue() {
        List<Repetition> taken = new ArrayList<>();
        while (!cancelled && inFlight < window) {
            Optional<Repetition> due = repetitions.takeDue();
            if (due.isEmpty()) {
                break;
            }
            taken.add(due.get());
            inFlight++;
        }
        return taken;
    }

    /** Takes a job that can no longer become ready; empty if there is none. */
    Optional<NotRun> takeNotRun() {
        Optional<NotRun> notRun;
        if (cancelled) {
            notRun = takeAbandoned()
                    .or(() -> readiness
                            .takeAny()
                            .map(job ->
                                    new NotRun(job, 1, JobState.CANCELLED, "the run was cancelled before it started")));
        } else {
            notRun = readiness.takeDoomed().map(job -> new NotRun(job, 1, JobState.SKIPPED, readiness.reason(job)));
            if (notRun.isEmpty() && stoppedBy != null) {
                notRun = readiness.takeAny().map(job -> new NotRun(job, 1, JobState.SKIPPED, stopped()));
            }
        }
        notRun.ifPresent(job -> {
            over(job.job().template().name(), job.state());
            settled++;
        });
        return notRun;
    }

    private Optional<NotRun> takeAbandoned() {
        return repetitions
                .takeAny()
                .map(next -> new NotRun(
                        pipeline.job(next.template()).job(next.index()),
                        next.attempt(),
                        JobState.CANCELLED,
                        "the run was cancelled before attempt " + next.attempt()));
    }

    private String stopped() {
        return "the run stopped when '" + stoppedBy + "' did not succeed (on_failure: stop)";
    }

    /** An attempt of a job that was taken failed, and there will be another: until it is due, others have its place. */
    void backsOff(Repetition repetition) {
        inFlight--;
        repetitions.add(repetition);
    }

    /** Whether jobs or chunks may wait for their next attempt, so that perhaps none is in flight although the run goes on. */
    boolean isBackingOff() {
        return !repetitions.isEmpty() || !maps.isEmpty();
    }

    /** A job that was taken has ended. */
    void ended(String template, String job, JobState state) {
        if (!state.isTerminal()) {
            throw new IllegalArgumentException("job '" + job + "' cannot end as " + state.jsonName());
        }
        inFlight--;
        jobOver(template, job, state);
    }

    /** The notebook of a job that was taken has run, and its chunks are to follow. */
    void mapBegins(MapJob map) {
        inFlight--;
        maps.add(map);
    }

    /** Takes the chunks that fit into the window, also those of a run that has stopped. */
    List<JobMessage> takeChunks() {
        List<JobMessage> taken = cancelled ? List.of() : maps.take(window - inFlight);
        inFlight += taken.size();
        return taken;
    }

    /** A chunk that was taken has come back. */
    void chunkEnded() {
        inFlight--;
    }

    /** A job has ended with one of its chunks. */
    void mapEnded(JobResult result) {
        maps.remove(result.job().job());
        jobOver(result.job().template(), result.job().job(), result.jobState());
    }

    /** The jobs whose chunks are on their way. */
    RunMaps maps() {
        return maps;
    }

    /** What it has sent to the queue. */
    SentJobs sent() {
        return sent;
    }

    private void jobOver(String template, String job, JobState state) {
        over(template, state);
        if (!state.isSuccess()) {
            stopAt(job);
        }
    }

    private void stopAt(String failed) {
        if (pipeline.onFailure() == OnFailure.STOP && stoppedBy == null) {
            stoppedBy = failed;
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

    @Nullable
    String correlation() {
        return correlation;
    }

    boolean isOver() {
        return settled == total;
    }

    /** The run is over, and ends from now on; says whether this was the first call. */
    boolean beginsToEnd() {
        boolean first = !ending;
        ending = true;
        return first;
    }

    /** Where what its jobs leave is published. */
    Set<String> destinations() {
        Set<String> destinations = new LinkedHashSet<>(pipeline.publish());
        pipeline.jobs()
                .values()
                .forEach(job -> destinations.addAll(job.settings().publish()));
        return destinations;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** @param attempts how many attempts its jobs have had */
    RunSummary summary(int attempts) {
        return new RunSummary(
                id,
                pipeline.name(),
                pipeline.file().toString(),
                state(),
                total,
                counts,
                attempts,
                undelivered,
                problems,
                pipeline.maxParallel().orElse(0),
                correlation);
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
