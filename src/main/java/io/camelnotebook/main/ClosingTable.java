package io.camelnotebook.main;

import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that a command ends with: job, status, time, output; then the errors, and a line for each run. */
final class ClosingTable implements RunListener {

    /** What a person reads; a larger run has its results.csv. */
    private static final int MOST_ROWS = 100;

    private record Row(String job, String status, String time, String output) {}

    private final Console console;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private final boolean severalRuns;
    private final long start = System.nanoTime();
    private int left;

    /** @param severalRuns whether to say of each job which pipeline it is of */
    ClosingTable(Console console, boolean severalRuns) {
        this.console = console;
        this.severalRuns = severalRuns;
    }

    @Override
    public synchronized void jobEnded(JobResult result) {
        JobMessage job = result.job();
        boolean written = result.leftNotebook();
        add(new Row(
                name(job), result.state(), ProgressLines.seconds(result), written ? Console.path(job.output()) : "-"));
        JobResult.Failure error = result.error();
        if (error != null && errors.size() < MOST_ROWS) {
            errors.add(name(job) + ": " + ErrorText.of(error.ename(), error.evalue(), error.traceback()));
        }
    }

    @Override
    public synchronized void jobNotRun(JobMessage job, JobState state, String reason) {
        add(new Row(name(job), state.jsonName(), "-", reason));
    }

    private String name(JobMessage job) {
        return severalRuns ? job.pipeline() + "/" + job.job() : job.job();
    }

    private void add(Row row) {
        if (rows.size() < MOST_ROWS) {
            rows.add(row);
        } else {
            left++;
        }
    }

    @Override
    public synchronized void runEnded(RunSummary run) {
        String states = Arrays.stream(JobState.values())
                .filter(state -> run.count(state) > 0)
                .map(state -> run.count(state) + " " + state.jsonName())
                .collect(Collectors.joining(", "));
        double seconds = (System.nanoTime() - start) / 1e9;
        String undelivered = run.undelivered() == 0
                ? ""
                : ", " + run.undelivered() + (run.undelivered() == 1 ? " file" : " files") + " not delivered";
        runs.add(String.format(
                Locale.ROOT, "%s: %s%s in %.1f s (run %s)", run.pipeline(), states, undelivered, seconds, run.id()));
    }

    synchronized void print() {
        if (!rows.isEmpty()) {
            int job = width(rows.stream().map(Row::job).toList(), "JOB");
            int status = width(rows.stream().map(Row::status).toList(), "STATUS");
            int time = width(rows.stream().map(Row::time).toList(), "TIME");
            String format = "%-" + job + "s  %-" + status + "s  %" + time + "s  %s";
            console.result("");
            console.result(String.format(Locale.ROOT, format, "JOB", "STATUS", "TIME", "OUTPUT"));
            rows.forEach(row -> console.result(
                    String.format(Locale.ROOT, format, row.job(), row.status(), row.time(), row.output())));
            if (left > 0) {
                console.result("… and " + left + " more; all are in results.csv");
            }
        }
        errors.forEach(error -> console.result("\n" + error));
        console.result("");
        runs.forEach(console::result);
    }

    private static int width(List<String> texts, String title) {
        return Math.max(
                title.length(), texts.stream().mapToInt(String::length).max().orElse(0));
    }
}
