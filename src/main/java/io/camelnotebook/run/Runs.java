package io.camelnotebook.run;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The runs that go on. Each step of a run comes in as a call, is written to the ledger, and only then shows outside.
 * Thread-safe.
 */
public final class Runs {

    private final Ledger ledger;
    private final Path outputs;
    private final JobDispatch dispatch;
    private final int window;
    private final MapSteps maps;
    private final JobEnds ends;
    private final RunListener listener;
    private final Clock clock;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    /**
     * No runs yet.
     *
     * @param outputs the folder for executed notebooks
     * @param workingDirectory of kernels, unless a job says otherwise
     * @param window how many jobs of a run may be queued or running at once
     * @param chunks how many chunks of a job with a map may be
     * @param retries how often a job that failed through no fault of its own is tried again, unless it says otherwise
     */
    public Runs(
            Ledger ledger,
            Path outputs,
            Path workingDirectory,
            int window,
            int chunks,
            int retries,
            RunListener listener,
            Clock clock) {
        this.ledger = ledger;
        this.outputs = outputs;
        this.dispatch = new JobDispatch(ledger, outputs, workingDirectory, clock);
        this.window = window;
        this.listener = listener;
        this.clock = clock;
        RetryRule rule = new RetryRule(retries);
        maps = new MapSteps(ledger, dispatch, rule, chunks, listener, clock);
        ends = new JobEnds(ledger, rule, maps, listener);
    }

    /**
     * Begins a run and gives its id; no job of it is queued yet. A run of the same claim that did not come to its end
     * goes on instead.
     */
    public String start(Pipeline pipeline, RunOrigin origin) {
        if (origin.claim() != null && origin.configSha256() != null) {
            Optional<String> unfinished = ledger.resumption().unfinished(origin.claim(), origin.configSha256());
            if (unfinished.isPresent()) {
                return resume(unfinished.get(), pipeline, Redo.INTERRUPTED);
            }
        }
        Run run = new Run(RunIds.next(clock), pipeline, window, origin.correlation());
        ledger.runStarted(run.id(), pipeline.name(), pipeline.file().toString(), pipeline.size(), origin);
        return begin(run);
    }

    /**
     * Goes on with a run that no engine runs. What it had published is not published again; what ended and was not yet
     * published is among its {@link #unpublished}.
     *
     * @throws ResumeException if the jobs are no longer those that the run had
     */
    public String resume(String id, Pipeline pipeline, Redo redo) {
        return begin(new ResumedRun(ledger, outputs, window).of(id, pipeline, redo));
    }

    private String begin(Run run) {
        ledger.templates(run.id(), run.pipeline().jobs().keySet());
        runs.put(run.id(), run);
        listener.runStarted(summary(run));
        return run.id();
    }

    /** How jobs ended before the run went on here, of which not all is published. */
    public List<JobResult> unpublished(String id) {
        Run run = run(id);
        if (!run.isResumed()) {
            return List.of();
        }
        return ledger.resumption().unpublished(id).stream()
                .map(result -> {
                    JobMessage job = result.job();
                    List<String> publish =
                            run.pipeline().job(job.template()).settings().publish();
                    return result.withJob(job.with(job.parameters(), job.environment(), publish));
                })
                .toList();
    }

    /** Whether a file of a job had arrived at a destination before the run went on here. */
    public boolean wasDelivered(String id, String job, String eventId, String destination, String file) {
        return run(id).isResumed() && ledger.resumption().isDelivered(id, job, eventId, destination, file);
    }

    /** Takes the jobs of a run that are ready now, to be sent to the queue; none if it is over meanwhile. */
    public List<JobMessage> next(String id) {
        Run run = runs.get(id);
        if (run == null) {
            return List.of();
        }
        List<JobMessage> ready = new ArrayList<>();
        List<JobMessage> some;
        List<MapJob> cancelled;
        boolean over;
        synchronized (run) {
            cancelled = run.isCancelled() ? run.maps().all() : List.of();
            some = run.takeChunks();
            for (Run.Repetition due : run.takeDue()) {
                ready.add(
                        dispatch.message(run, run.pipeline().job(due.template()).job(due.index()), due.attempt()));
            }
            for (Job job : run.takeReady()) {
                ready.add(dispatch.message(run, job, firstAttempt(run, job)));
            }
            for (Optional<Run.NotRun> notRun = run.takeNotRun(); notRun.isPresent(); notRun = run.takeNotRun()) {
                notRun(run, notRun.get());
            }
            ready.forEach(run.sent()::add);
            some.forEach(run.sent()::add);
            over = run.isOver();
        }
        if (!ready.isEmpty()) {
            ledger.jobsQueued(ready);
        }
        if (over) {
            end(run);
        }
        cancelled.forEach(map -> maps.cancelled(run, map).ifPresent(result -> settled(result.job())));
        ready.addAll(some);
        return ready;
    }

    private int firstAttempt(Run run, Job job) {
        int attempt = run.isResumed() ? ledger.resumption().attempt(run.id(), job.id()) : 1;
        run.repetitions().beginsWith(job.id(), attempt);
        return attempt;
    }

    private void notRun(Run run, Run.NotRun notRun) {
        // The attempt before, if it was cut off, has its own end.
        int attempt = run.isResumed()
                ? ledger.resumption().attempt(run.id(), notRun.job().id())
                : notRun.attempt();
        JobMessage message = dispatch.unresolved(run, notRun.job(), attempt);
        ledger.jobNotRun(message, notRun.state(), notRun.reason());
        listener.jobNotRun(message, notRun.state(), notRun.reason());
    }

    /**
     * Whether a job that comes from the queue is to be executed: it is of a run that goes on here, which sent it, and it comes
     * for the first time.
     */
    public boolean takes(JobMessage job) {
        Run run = runs.get(job.run());
        if (run == null) {
            return false;
        }
        synchronized (run) {
            return run.sent().take(job);
        }
    }

    /** A job begins to be executed. */
    public void started(JobMessage job) {
        ledger.jobStarted(job);
        listener.jobStarted(job);
    }

    /** A running job has a cell less to run. */
    public void cellEnded(JobMessage job, int cellsEnded, int cells) {
        listener.cellEnded(job, cellsEnded, cells);
    }

    /**
     * An attempt of a job, or a chunk of one, has ended. Tells what follows; a job that has ended is in the ledger then. Nothing
     * follows from the end of what no run here has sent, or of what had ended before.
     */
    public Ended ended(JobResult result) {
        Run run = runs.get(result.job().run());
        if (run == null) {
            return Ended.GOES_ON;
        }
        synchronized (run) {
            if (!run.sent().end(result.job())) {
                return Ended.GOES_ON;
            }
        }
        return ends.ended(run, result);
    }

    /**
     * The time until another attempt is over: it is among those that {@link #next} gives as soon as there is room. Says
     * whether the run still waits for it.
     */
    public boolean due(Retry retry) {
        Run run = runs.get(retry.run());
        if (run == null) {
            return false;
        }
        synchronized (run) {
            return retry.chunk() == 0 ? run.repetitions().due(retry.repetition()) : chunkDue(run, retry);
        }
    }

    private static boolean chunkDue(Run run, Retry retry) {
        String job = run.pipeline().job(retry.template()).job(retry.index()).id();
        return run.maps().of(job).filter(map -> map.due(retry.chunk())).isPresent();
    }

    /** What a job that has ended left behind is published, or kept for later. The run ends with its last job. */
    public void settled(JobMessage job) {
        Run run = run(job.run());
        boolean over;
        ledger.settled(job);
        synchronized (run) {
            run.settled();
            over = run.isOver();
        }
        if (over) {
            end(run);
        }
    }

    private void end(Run run) {
        synchronized (run) {
            if (runs.get(run.id()) != run || !run.beginsToEnd()) {
                return;
            }
        }
        // It still goes on here for those who, told of its end, cannot deliver that.
        listener.runEnds(summary(run));
        runs.remove(run.id(), run);
        dispatch.forget(run.id());
        RunSummary summary = summary(run);
        ledger.runEnded(summary.id(), summary.state());
        listener.runEnded(summary);
        run.end().complete(summary);
    }

    private RunSummary summary(Run run) {
        return run.summary(ledger.attempts(run.id()));
    }

    /** Where a run that goes on is published, by whichever of its jobs. */
    public Set<String> destinations(String id) {
        return run(id).destinations();
    }

    /** The run cannot go on, because the engine itself failed; what was reached is in the ledger as far as that works. */
    public void fail(String id, Throwable cause) {
        Run run = runs.remove(id);
        dispatch.forget(id);
        if (run != null) {
            synchronized (run) {
                run.maps().all().forEach(MapJob::abandon);
            }
            run.end().completeExceptionally(cause);
        }
    }

    /** Completes when the run has ended, whether its jobs succeeded or not. */
    public CompletableFuture<RunSummary> end(String id) {
        return run(id).end();
    }

    /** Queues no further job of any run. Those that run are for the engine to end. */
    public void cancelAll() {
        for (Run run : runs.values()) {
            boolean backingOff;
            synchronized (run) {
                run.cancel();
                backingOff = run.isBackingOff();
            }
            if (backingOff) {
                // Perhaps nothing is in flight whose end would bring the run on.
                next(run.id());
            }
        }
    }

    /** Whether somebody cancelled the run, so that its jobs in the queue need not start. */
    public boolean isCancelled(String id) {
        Run run = runs.get(id);
        if (run == null) {
            return false;
        }
        synchronized (run) {
            return run.isCancelled();
        }
    }

    /** A file of a job arrived at a destination. */
    public void delivered(String run, String job, String eventId, String destination, String file) {
        ledger.published(run, job, eventId, destination, file, null);
    }

    /** A file of a job, or the end of the run if the job is empty, did not arrive at a destination, and nobody tries any more. */
    public void undelivered(String run, String job, String eventId, String destination, String file, String reason) {
        Run going = run(run);
        String error = Secrets.redact(reason);
        String where = Secrets.redact(destination);
        ledger.published(run, job, eventId, where, file, error);
        synchronized (going) {
            going.undelivered();
            going.problem((job.isEmpty() ? "" : "job '" + job + "': ") + file + " was not delivered to " + where + ": "
                    + error);
        }
        listener.undelivered(run, job, where, file, error);
    }

    /**
     * Which jobs of a pipeline need not run, if it were run now.
     *
     * @param find the earlier job that may stand for one
     */
    public Map<String, Reusable> preview(Pipeline pipeline, Function<JobMessage, Optional<Reusable>> find) {
        return dispatch.preview(pipeline, find);
    }

    private Run run(String id) {
        Run run = runs.get(id);
        if (run == null) {
            throw new IllegalArgumentException("run " + id + " does not go on here");
        }
        return run;
    }
}
