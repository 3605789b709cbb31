package io.camelnotebook.main;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunSummary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Progress as a line that is written over again: a bar, how many jobs are over, and which cells run. Thread-safe. */
final class ProgressBar implements Progress {

    private static final int BAR = 20;
    private static final int REDRAW_MILLIS = 200;

    private final Console console;
    private final ProgressLines lines;
    private final long start = System.nanoTime();
    private final Map<String, String> running = new LinkedHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "notebook-progress");
        thread.setDaemon(true);
        return thread;
    });
    private int total;
    private int over;
    private boolean closed;

    ProgressBar(Console console, boolean severalRuns) {
        this.console = console;
        lines = new ProgressLines(console, severalRuns);
        clock.scheduleWithFixedDelay(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void runStarted(RunSummary run) {
        total += run.total();
        over += run.over();
        lines.runStarted(run);
    }

    @Override
    public synchronized void jobStarted(JobMessage job) {
        running.put(job.run() + job.job(), job.job());
    }

    @Override
    public synchronized void cellEnded(JobMessage job, int cellsEnded, int cells) {
        running.put(job.run() + job.job(), job.job() + " " + cellsEnded + "/" + cells);
    }

    @Override
    public synchronized void itemsEnded(JobMessage job, long items, OptionalLong of) {
        running.put(job.run() + job.job(), job.job() + " " + ProgressLines.items(items, of));
    }

    @Override
    public synchronized void jobEnded(JobResult result) {
        running.remove(result.job().run() + result.job().job());
        over++;
        if (!result.jobState().isSuccess() || !result.warnings().isEmpty()) {
            console.overwrite("");
            lines.jobEnded(result);
        }
    }

    @Override
    public synchronized void attemptEnded(JobResult result, Duration delay) {
        running.remove(result.job().run() + result.job().job());
        console.overwrite("");
        lines.attemptEnded(result, delay);
    }

    @Override
    public synchronized void jobNotRun(JobMessage job, JobState state, String reason) {
        over++;
    }

    @Override
    public synchronized void undelivered(String run, String job, String destination, String file, String error) {
        console.overwrite("");
        lines.undelivered(run, job, destination, file, error);
    }

    private synchronized void draw() {
        if (total > 0 && !closed) {
            int done = over * BAR / total;
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            String jobs = running.values().stream().collect(Collectors.joining(", "));
            String line = "[" + "#".repeat(done) + "-".repeat(BAR - done) + "] " + over + "/" + total + "  "
                    + elapsed.toMinutes() + ":" + String.format("%02d", elapsed.toSecondsPart()) + "  " + jobs;
            int width = Console.columns() - 1;
            console.overwrite(line.length() <= width ? line : line.substring(0, width - 1) + "…");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdownNow();
        console.overwrite("");
    }
}
