package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moments of a crash that chance seldom finds. */
class RunsAfterCrashTest {

    private static final RunOrigin ORIGIN = new RunOrigin("abc", "claim", Map.of());

    private final PipelineFolder configs;
    private final Ledger ledger;

    RunsAfterCrashTest(@TempDir Path folder) {
        configs = new PipelineFolder(folder);
        ledger = Ledger.open(folder.resolve("runs.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Runs engine() {
        return new Runs(ledger, Path.of("outputs"), Path.of("/work"), 64, 64, 2, RunListener.NONE, Clock.systemUTC());
    }

    @Test
    void aRunOfWhichOnlyTheDeliveryWasLeftMayBeOverBeforeItIsAskedForJobs() {
        String config = "jobs: {a: {notebook: n.ipynb}}";
        Runs killed = engine();
        String run = killed.start(configs.read(config), ORIGIN);
        killed.ended(JobMessages.succeeded(killed.next(run).get(0), Map.of()));

        Runs next = engine();
        next.start(configs.read(config), ORIGIN);
        CompletableFuture<RunSummary> end = next.end(run);
        next.unpublished(run).forEach(result -> next.settled(result.job()));

        assertThat(end).isDone();
        assertThat(next.next(run)).isEmpty();
    }

    @Test
    void aJobThatWasCutOffAndIsNotRunAgainIsSkippedAsItsNextAttempt() {
        String config = "{on_failure: stop, jobs: {a: {notebook: n.ipynb}, b: {notebook: n.ipynb}}}";
        Runs killed = engine();
        String run = killed.start(configs.read(config), ORIGIN);
        List<JobMessage> jobs = killed.next(run);
        jobs.forEach(killed::started);
        killed.ended(JobMessages.result(jobs.get(0), JobState.FAILED, null, Map.of()));

        Runs next = engine();
        next.start(configs.read(config), ORIGIN);
        assertThat(next.next(run)).isEmpty();

        assertThat(ledger.history().jobs(run))
                .extracting(job -> job.id() + " " + job.state() + " " + job.attempt())
                .containsExactly("a failed 1", "b skipped 2");
        assertThat(ledger.history().attempts(run))
                .extracting(attempt -> attempt.job() + " " + attempt.state() + " " + attempt.attempt())
                .containsExactly("a failed 1", "b kernel_died 1");
    }
}
