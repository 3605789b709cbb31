package io.camelnotebook.main;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunSummary;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Progress as a line for everything that happens. */
final class ProgressLines implements Progress {

    /** Lines of a job that goes on should be few. */
    private static final Duration BETWEEN_ITEMS = Duration.ofSeconds(5);

    private final Console console;
    private final boolean severalRuns;
    private final Map<String, String> pipelines = new ConcurrentHashMap<>();
    private final Map<String, Long> itemsShown = new ConcurrentHashMap<>();

    /** @param severalRuns whether to say of each job which pipeline it is of */
    ProgressLines(Console console, boolean severalRuns) {
        this.console = console;
        this.severalRuns = severalRuns;
    }

    @Override
    public void runStarted(RunSummary run) {
        pipelines.put(run.id(), run.pipeline());
        console.message(header(run));
    }

    private static String header(RunSummary run) {
        return run.pipeline() + ": run " + run.id() + " of " + run.config() + ", " + run.total()
                + (run.total() == 1 ? " job" : " jobs")
                + (run.over() == 0 ? "" : ", " + run.over() + " of them over before");
    }

    @Override
    public void jobStarted(JobMessage job) {
        console.message(line("started", job, ""));
    }

    @Override
    public void itemsEnded(JobMessage job, long items, OptionalLong of) {
        long now = System.nanoTime();
        String name = job.run() + job.job();
        Long before = itemsShown.putIfAbsent(name, now);
        if (before != null && now - before >= BETWEEN_ITEMS.toNanos() && itemsShown.replace(name, before, now)) {
            console.message(line("running", job, items(items, of) + " items"));
        }
    }

    /** How many items are done, of how many. */
    static String items(long items, OptionalLong of) {
        return of.isPresent() ? items + "/" + of.getAsLong() : Long.toString(items);
    }

    @Override
    public void jobEnded(JobResult result) {
        itemsShown.remove(result.job().run() + result.job().job());
        console.message(line(result.state(), result.job(), seconds(result) + reason(result)));
        result.warnings().forEach(warning -> console.message("  warning: " + warning));
    }

    @Override
    public void attemptEnded(JobResult result, Duration delay) {
        JobMessage job = result.job();
        console.message(line(
                result.state(),
                job,
                seconds(result) + reason(result) + "; attempt " + (job.attempt() + 1) + " in "
                        + delay.toMillis() / 1000.0 + " s"));
    }

    @Override
    public void jobNotRun(JobMessage job, JobState state, String reason) {
        console.message(line(state.jsonName(), job, reason));
    }

    @Override
    public void undelivered(String run, String job, String destination, String file, String error) {
        console.message(line("undelivered", name(run, job), file + " to " + destination + ": " + error));
    }

    @Override
    public void runEnded(RunSummary run) {
        pipelines.remove(run.id());
    }

    private String line(String event, JobMessage job, String detail) {
        return line(event, name(job.run(), job.job()), detail);
    }

    private String name(String run, String job) {
        String pipeline = severalRuns ? pipelines.get(run) : null;
        return pipeline == null ? job : pipeline + "/" + job;
    }

    private static String line(String event, String job, String detail) {
        return String.format(Locale.ROOT, "%-11s %s  %s", event, job, detail).stripTrailing();
    }

    static String seconds(JobResult result) {
        return String.format(Locale.ROOT, "%.1f s", result.startSeconds() + result.runSeconds());
    }

    private static String reason(JobResult result) {
        JobResult.Failure error = result.error();
        return error == null ? "" : "  " + ErrorText.summary(error.ename(), error.evalue());
    }
}
