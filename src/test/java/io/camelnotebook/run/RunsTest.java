package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    private static final String TWO_AND_ONE = """
            jobs:
              first: {notebook: n.ipynb, matrix: {x: [1, 2]}, label: "f${matrix.x}"}
              last: {notebook: n.ipynb, needs: first, label: last}
            """;

    /** Writes down what it hears, in a word or two. */
    private static final class Heard implements RunListener {

        final List<String> events = new ArrayList<>();

        @Override
        public synchronized void runStarted(RunSummary run) {
            events.add("run " + run.state().jsonName());
        }

        @Override
        public synchronized void jobStarted(JobMessage job) {
            events.add(job.job() + " started");
        }

        @Override
        public synchronized void jobEnded(JobResult result) {
            events.add(result.job().job() + " " + result.state());
        }

        @Override
        public synchronized void jobNotRun(JobMessage job, JobState state, String reason) {
            events.add(job.job() + " " + state.jsonName());
        }

        @Override
        public synchronized void undelivered(String run, String job, String destination, String file, String error) {
            events.add(job + " undelivered");
        }

        @Override
        public synchronized void runEnded(RunSummary run) {
            events.add("run " + run.state().jsonName());
        }
    }

    private final Heard heard = new Heard();
    private final PipelineFolder configs;
    private final Ledger ledger;
    private final Runs runs;

    RunsTest(@TempDir Path folder) {
        configs = new PipelineFolder(folder);
        ledger = Ledger.open(folder.resolve("runs.db"), Clock.systemUTC());
        runs = new Runs(ledger, Path.of("outputs"), folder, 64, heard, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void end(JobMessage job, JobState state) {
        runs.ended(JobMessages.result(job, state, null, Map.of()));
        runs.settled(job);
    }

    private void execute(JobMessage job, JobState state) {
        runs.started(job);
        end(job, state);
    }

    @Test
    void theEventsOfARunComeInTheirOrderAndEveryJobHasOneEnd() {
        String run = runs.start(configs.read(TWO_AND_ONE));
        CompletableFuture<RunSummary> end = runs.end(run);
        for (JobMessage job : runs.next(run)) {
            execute(job, JobState.SUCCEEDED);
        }
        List<JobMessage> last = runs.next(run);
        assertThat(end).isNotDone();
        last.forEach(job -> execute(job, JobState.SUCCEEDED));

        assertThat(heard.events)
                .containsExactly(
                        "run running",
                        "first[f1] started",
                        "first[f1] succeeded",
                        "first[f2] started",
                        "first[f2] succeeded",
                        "last started",
                        "last succeeded",
                        "run succeeded");
        assertThat(end.join().isFlawless()).isTrue();
        assertThat(ledger.jobs(run))
                .extracting(entry -> entry.id() + " " + entry.state().jsonName())
                .containsExactly("first[f1] succeeded", "first[f2] succeeded", "last succeeded");
    }

    @Test
    void aJobThatCanNoLongerRunIsTakenOnceAndTheRunEndsWithIt() {
        String run = runs.start(configs.read(TWO_AND_ONE));
        CompletableFuture<RunSummary> end = runs.end(run);
        List<JobMessage> first = runs.next(run);
        execute(first.get(0), JobState.FAILED);
        assertThat(runs.next(run)).isEmpty();
        execute(first.get(1), JobState.SUCCEEDED);

        assertThat(heard.events).containsOnlyOnce("last skipped").endsWith("run failed");
        assertThat(end.join().problems()).containsExactly("job 'first[f1]' failed; see outputs/n/f1/n_f1.ipynb");
    }

    @Test
    void aRunGoesOnUntilWhatItsLastJobLeftIsPublished() {
        String run = runs.start(configs.read("jobs: {a: {notebook: n.ipynb}}"));
        CompletableFuture<RunSummary> end = runs.end(run);
        JobMessage job = runs.next(run).get(0);
        runs.ended(JobMessages.succeeded(job, Map.of()));
        assertThat(end).isNotDone();

        runs.undelivered(run, "a", "sftp://u:pass@host/in", "n_a.ipynb", "no such host");
        runs.settled(job);

        assertThat(heard.events).endsWith("a succeeded", "a undelivered", "run succeeded");
        assertThat(end.join().isFlawless()).isFalse();
        assertThat(end.join().problems())
                .containsExactly("job 'a': n_a.ipynb was not delivered to sftp://u:***@host/in: no such host");
    }

    @Test
    void ofMuchThatWentWrongASummaryHasTheBeginning() {
        String run = runs.start(
                configs.read("jobs: {a: {notebook: n.ipynb, matrix: {x: {range: [0, 50]}}, label: \"l${matrix.x}\"}}"));
        CompletableFuture<RunSummary> end = runs.end(run);
        runs.next(run).forEach(job -> execute(job, JobState.FAILED));

        assertThat(end.join().count(JobState.FAILED)).isEqualTo(50);
        assertThat(end.join().problems()).hasSize(20);
    }

    @Test
    void aCancelledRunStartsNoFurtherJobAndIsOverWithThoseThatRan() {
        String run = runs.start(configs.read(TWO_AND_ONE));
        CompletableFuture<RunSummary> end = runs.end(run);
        List<JobMessage> first = runs.next(run);

        runs.cancelAll();

        assertThat(runs.isCancelled(run)).isTrue();
        first.forEach(job -> end(job, JobState.CANCELLED));
        assertThat(runs.next(run)).isEmpty();
        assertThat(heard.events)
                .containsExactly(
                        "run running", "first[f1] cancelled", "first[f2] cancelled", "last cancelled", "run cancelled");
        assertThat(end.join().state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRunThatBrokeEndsWithTheErrorAndIsForgotten() {
        String run = runs.start(configs.read(TWO_AND_ONE));
        CompletableFuture<RunSummary> end = runs.end(run);

        runs.fail(run, new LedgerException("full", new IllegalStateException()));
        runs.fail(run, new IllegalStateException("a second time"));

        assertThat(end).isCompletedExceptionally();
        assertThatIllegalArgumentException().isThrownBy(() -> runs.next(run)).withMessageContaining(run);
    }

    @Test
    void runsDoNotMixUpTheirJobs() {
        List<String> ids = Stream.generate(() -> runs.start(configs.read("jobs: {a: {notebook: n.ipynb}}")))
                .limit(3)
                .toList();
        List<CompletableFuture<RunSummary>> ends = ids.stream().map(runs::end).toList();

        execute(runs.next(ids.get(1)).get(0), JobState.SUCCEEDED);

        assertThat(ends.get(1)).isDone();
        assertThat(ends.get(0)).isNotDone();
        assertThat(ends.get(2)).isNotDone();
    }
}
