package io.camelnotebook.run;

import static io.camelnotebook.run.JobMessages.NODES;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * Measures what a step of a run and a look at one cost in a ledger of 1,000 and of 1,000,000 jobs, in runs of 1,000. Prints
 * CPU time of the thread and elapsed time, of which much is waiting for the disk.
 */
final class LedgerScaleMeasurement {

    private static final int JOBS_OF_A_RUN = 1_000;
    private static final int WARM_UP = 3;
    private static final String STAMP = "2026-03-14T09:26:53.123456Z";

    private static final List<String> ROWS = List.of(
            "INSERT INTO run (id, pipeline, config, state, jobs, started, ended, config_sha256, claim, overrides)"
                    + " SELECT run, 'churn', 'configs/churn.yaml', 'succeeded', 1000, stamp, stamp, 'abc',"
                    + " run || '.yaml', '{}' FROM new WHERE i = 0",
            "INSERT INTO job (run, id, template, position, label, state, attempt, notebook, output, parameters,"
                    + " results, queued, started, ended, seconds) SELECT run, job, 'train', i, label, 'succeeded', 1,"
                    + " 'train.ipynb', printf('outputs/train/%s/train_%s.ipynb', label, label),"
                    + " printf('{\"x\":%d,\"rate\":%f}', i, i / 7.0), printf('{\"auc\":%f}', i / 9.0),"
                    + " stamp, stamp, stamp, i / 11.0 FROM new",
            "INSERT INTO attempt (run, job, attempt, state, queued, started, ended, seconds)"
                    + " SELECT run, job, 1, 'succeeded', stamp, stamp, stamp, i / 11.0 FROM new",
            "INSERT INTO state_change (run, job, attempt, state, at) SELECT run, job, 1, state, stamp FROM new"
                    + " JOIN (SELECT 'queued' AS state UNION ALL SELECT 'running' UNION ALL SELECT 'succeeded')",
            "INSERT INTO job_output (run, job, sha256, cache_key) SELECT run, job, sum, sum FROM new",
            "INSERT INTO publication (run, job, event_id, destination, file, state, at)"
                    + " SELECT run, job, run || '/' || job || '/1', 'file:shared', label || '.ipynb', 'delivered',"
                    + " stamp FROM new");

    private LedgerScaleMeasurement() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("ledger");
        for (int jobs : new int[] {1_000, 1_000_000}) {
            Path file = folder.resolve(jobs + ".db");
            fill(file, jobs / JOBS_OF_A_RUN);
            System.out.printf(Locale.ROOT, "%n%,d jobs, %.1f MB%n", jobs, Files.size(file) / 1e6);
            measure(file);
            Files.delete(file);
        }
    }

    /** In one transaction and without waiting for the disk; the numbers are always the same. */
    private static void fill(Path file, int runs) {
        Ledger.open(file, Clock.systemUTC()).close();
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            handle.execute("PRAGMA synchronous = OFF");
            handle.execute("PRAGMA cache_size = -200000");
            handle.useTransaction(inTransaction -> {
                inTransaction.execute("CREATE TEMP TABLE new AS WITH RECURSIVE number(n) AS"
                        + " (VALUES (0) UNION ALL SELECT n + 1 FROM number LIMIT " + runs * JOBS_OF_A_RUN + ")"
                        + " SELECT printf('20260101-%06d-abcd', n / 1000) AS run, n % 1000 AS i,"
                        + " 'train[x' || (n % 1000) || ']' AS job, 'x' || (n % 1000) AS label,"
                        + " printf('%016x', n * 2654435761) AS sum, '" + STAMP + "' AS stamp FROM number");
                ROWS.forEach(inTransaction::execute);
            });
        });
    }

    private static void measure(Path file) {
        try (Ledger ledger = Ledger.open(file, Clock.systemUTC())) {
            for (int i = 0; i < WARM_UP; i++) {
                steps(ledger, "20260201-00000" + i + "-warm", false);
            }
            steps(ledger, "20260301-000000-last", true);
            looks(ledger, "20260101-000000-abcd");
        }
    }

    /** A run of 1,000 jobs, none of which is executed. */
    private static void steps(Ledger ledger, String run, boolean print) {
        List<JobMessage> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS_OF_A_RUN; i++) {
            String label = "x" + i;
            jobs.add(JobMessages.withRun(
                    JobMessages.job(
                            "train[" + label + "]",
                            "train",
                            i,
                            label,
                            Map.of("x", NODES.numberNode(i), "rate", NODES.numberNode(0.5)),
                            List.of()),
                    run));
        }
        ledger.runStarted(run, "churn", "configs/churn.yaml", jobs.size(), new RunOrigin("abc", run, Map.of()));
        each(print, "queued", jobs, job -> ledger.jobsQueued(List.of(job)));
        each(print, "started", jobs, ledger::jobStarted);
        each(
                print,
                "ended",
                jobs,
                job -> ledger.jobEnded(JobMessages.succeeded(job, Map.of("auc", NODES.numberNode(0.5)))));
        each(
                print,
                "delivered",
                jobs,
                job -> ledger.published(run, job.job(), run + "/" + job.job() + "/1", "file:shared", "n.ipynb", null));
        each(print, "settled", jobs, ledger::settled);
        ledger.runEnded(run, RunState.SUCCEEDED);
    }

    private static void looks(Ledger ledger, String old) {
        String last = "20260301-000000-last";
        RunHistory history = ledger.history();
        Resumption resumption = ledger.resumption();
        repeat("runs: the last 20", () -> history.runs(20));
        repeat("a run by the beginning of its id", () -> history.run("20260101-000000"));
        repeat("show: the jobs of a run", () -> history.jobs(old));
        repeat("report: the attempts of a run", () -> history.attempts(old));
        repeat("results.csv: its rows", () -> ledger.jobs(last));
        repeat("${jobs.train.results}", () -> ledger.finished(last, "train"));
        repeat("cache: jobs of a key", () -> ledger.reusable("0123456789abcdef"));
        repeat("resume: the run of a claim", () -> resumption.unfinished(old + ".yaml", "abc"));
        repeat("resume: reopen", () -> resumption.reopen(last, Redo.UNSUCCESSFUL));
        repeat("resume: what is over", () -> resumption.over(last, Redo.UNSUCCESSFUL));
        repeat("resume: what is unpublished", () -> resumption.unpublished(last));
        repeat("resume: the next attempt of a job", () -> resumption.attempt(last, "train[x500]"));
        repeat(
                "resume: whether a file was delivered",
                () -> resumption.isDelivered(last, "train[x500]", "e", "file:shared", "n.ipynb"));
    }

    private interface Step {
        void take(JobMessage job);
    }

    private static void each(boolean print, String what, List<JobMessage> jobs, Step step) {
        long cpu = cpu();
        long start = System.nanoTime();
        jobs.forEach(step::take);
        if (print) {
            print("a job is " + what, cpu() - cpu, System.nanoTime() - start, jobs.size());
        }
    }

    private static void repeat(String what, Runnable look) {
        int times = 20;
        for (int i = 0; i < WARM_UP; i++) {
            look.run();
        }
        long cpu = cpu();
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            look.run();
        }
        print(what, cpu() - cpu, System.nanoTime() - start, times);
    }

    private static void print(String what, long cpu, long nanos, int times) {
        System.out.printf(Locale.ROOT, "%-40s %8.3f ms CPU  %8.3f ms%n", what, cpu / 1e6 / times, nanos / 1e6 / times);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
