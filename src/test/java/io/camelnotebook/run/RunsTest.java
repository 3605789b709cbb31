package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
        runs = new Runs(ledger, Path.of("outputs"), folder, 64, 64, 2, heard, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private String start(String config) {
        return runs.start(configs.read(config), RunOrigin.UNKNOWN);
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
        String run = start(TWO_AND_ONE);
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
        String run = start(TWO_AND_ONE);
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
        String run = start("jobs: {a: {notebook: n.ipynb}}");
        CompletableFuture<RunSummary> end = runs.end(run);
        JobMessage job = runs.next(run).get(0);
        runs.ended(JobMessages.succeeded(job, Map.of()));
        assertThat(end).isNotDone();

        runs.undelivered(run, "a", "event", "sftp://u:pass@host/in", "n_a.ipynb", "no such host");
        runs.settled(job);

        assertThat(heard.events).endsWith("a succeeded", "a undelivered", "run succeeded");
        assertThat(end.join().isFlawless()).isFalse();
        assertThat(end.join().problems())
                .containsExactly("job 'a': n_a.ipynb was not delivered to sftp://u:***@host/in: no such host");
    }

    @Test
    void ofMuchThatWentWrongASummaryHasTheBeginning() {
        String run = start("jobs: {a: {notebook: n.ipynb, matrix: {x: {range: [0, 50]}}, label: \"l${matrix.x}\"}}");
        CompletableFuture<RunSummary> end = runs.end(run);
        runs.next(run).forEach(job -> execute(job, JobState.FAILED));

        assertThat(end.join().count(JobState.FAILED)).isEqualTo(50);
        assertThat(end.join().problems()).hasSize(20);
    }

    @Test
    void aCancelledRunStartsNoFurtherJobAndIsOverWithThoseThatRan() {
        String run = start(TWO_AND_ONE);
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
        String run = start(TWO_AND_ONE);
        CompletableFuture<RunSummary> end = runs.end(run);

        runs.fail(run, new LedgerException("full", new IllegalStateException()));
        runs.fail(run, new IllegalStateException("a second time"));

        assertThat(end).isCompletedExceptionally();
        assertThat(runs.next(run)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> runs.end(run)).withMessageContaining(run);
    }

    @Test
    void runsDoNotMixUpTheirJobs() {
        List<String> ids = Stream.generate(() -> start("jobs: {a: {notebook: n.ipynb}}"))
                .limit(3)
                .toList();
        List<CompletableFuture<RunSummary>> ends = ids.stream().map(runs::end).toList();

        execute(runs.next(ids.get(1)).get(0), JobState.SUCCEEDED);

        assertThat(ends.get(1)).isDone();
        assertThat(ends.get(0)).isNotDone();
        assertThat(ends.get(2)).isNotDone();
    }

    private static JobResult killed(JobMessage job) {
        return JobMessages.withKernel(
                JobMessages.result(job, JobState.KERNEL_DIED, null, Map.of()),
                new JobResult.KernelRecord("python3", null, null, null, "killed by signal 9 (SIGKILL)", null, null));
    }

    @Test
    void aJobWhoseKernelWasKilledWaitsAndIsTriedAgainAndEndsOnce() {
        String run =
                start("{max_parallel: 1, jobs: {a: {notebook: n.ipynb, label: a}, b: {notebook: n.ipynb, label: b}}}");
        CompletableFuture<RunSummary> end = runs.end(run);
        JobMessage a = runs.next(run).get(0);
        runs.started(a);

        Retry retry = runs.ended(killed(a)).retry().orElseThrow();

        assertThat(retry.attempt()).isEqualTo(2);
        assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(1));
        List<JobMessage> meanwhile = runs.next(run);
        assertThat(meanwhile).extracting(JobMessage::job).containsExactly("b");
        meanwhile.forEach(job -> execute(job, JobState.SUCCEEDED));
        assertThat(runs.next(run)).isEmpty();
        assertThat(end).isNotDone();

        assertThat(runs.due(retry)).isTrue();
        JobMessage again = runs.next(run).get(0);
        assertThat(again.job() + " " + again.attempt()).isEqualTo("a 2");
        execute(again, JobState.SUCCEEDED);

        assertThat(end.join().isFlawless()).isTrue();
        assertThat(heard.events).containsOnlyOnce("a succeeded").doesNotContain("a kernel_died");
    }

    @Test
    void theLastAttemptsFailureIsTheJobs() {
        String run = start("jobs: {a: {notebook: n.ipynb, retries: {attempts: 2, delay: 3s}}}");
        CompletableFuture<RunSummary> end = runs.end(run);
        Retry retry = runs.ended(killed(runs.next(run).get(0))).retry().orElseThrow();
        assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(3));
        runs.due(retry);
        JobMessage again = runs.next(run).get(0);

        assertThat(runs.ended(killed(again)).retry()).isEmpty();
        runs.settled(again);

        assertThat(end.join().count(JobState.KERNEL_DIED)).isEqualTo(1);
    }

    @Test
    void aRunThatIsCancelledWhileItsLastJobWaitsForAnotherAttemptEndsAtOnce() {
        String run = start("jobs: {a: {notebook: n.ipynb}}");
        CompletableFuture<RunSummary> end = runs.end(run);
        Retry retry = runs.ended(killed(runs.next(run).get(0))).retry().orElseThrow();

        runs.cancelAll();

        assertThat(end.join().state()).isEqualTo(RunState.CANCELLED);
        assertThat(ledger.jobs(run))
                .extracting(entry -> entry.state().jsonName())
                .containsExactly("cancelled");
        assertThat(runs.due(retry)).isFalse();
    }

    @Test
    void aRunGoesOnInAnotherEngineWhereItWasCutOff() {
        String config = """
                publish: [file:shared]
                jobs:
                  a: {notebook: n.ipynb, label: a}
                  b: {notebook: n.ipynb, label: b}
                  c: {notebook: n.ipynb, label: c, needs: [a, b]}
                """;
        RunOrigin origin = new RunOrigin("abc", "20260314-092653-123-x.yaml", Map.of());
        String run = runs.start(configs.read(config), origin);
        List<JobMessage> first = runs.next(run);
        runs.started(first.get(0));
        runs.ended(JobMessages.succeeded(first.get(0), Map.of()));
        runs.started(first.get(1));

        Runs next = new Runs(ledger, Path.of("outputs"), Path.of("/work"), 64, 64, 2, heard, Clock.systemUTC());
        assertThat(next.start(configs.read(config), origin)).isEqualTo(run);
        CompletableFuture<RunSummary> end = next.end(run);

        List<JobResult> unpublished = next.unpublished(run);
        assertThat(unpublished).extracting(result -> result.job().job()).containsExactly("a");
        assertThat(unpublished.get(0).job().publish()).containsExactly("file:shared");
        List<JobMessage> again = next.next(run);
        assertThat(again).extracting(job -> job.job() + " " + job.attempt()).containsExactly("b 2");
        next.settled(unpublished.get(0).job());
        next.ended(JobMessages.succeeded(again.get(0), Map.of()));
        next.settled(again.get(0));
        List<JobMessage> last = next.next(run);
        assertThat(last).extracting(job -> job.job() + " " + job.attempt()).containsExactly("c 1");
        next.ended(JobMessages.succeeded(last.get(0), Map.of()));
        next.settled(last.get(0));

        assertThat(end.join().isFlawless()).isTrue();
        assertThat(end.join().count(JobState.SUCCEEDED)).isEqualTo(3);
        assertThat(ledger.history().endOf("20260314-092653-123-x.yaml", "abc")).contains(List.of());
        assertThat(ledger.history().endOf("20260314-092653-123-x.yaml", "other"))
                .isEmpty();
    }

    @Test
    void aJobIsTakenFromTheQueueOnceAndOnlyFromTheEngineThatSentIt() {
        RunOrigin origin = new RunOrigin("abc", "claim", Map.of());
        String run = runs.start(configs.read(TWO_AND_ONE), origin);
        List<JobMessage> left = runs.next(run);

        Runs next = new Runs(ledger, Path.of("outputs"), Path.of("/work"), 64, 64, 2, heard, Clock.systemUTC());
        assertThat(left).noneMatch(next::takes);
        next.start(configs.read(TWO_AND_ONE), origin);
        List<JobMessage> sent = next.next(run);

        assertThat(sent).extracting(JobMessage::attempt).containsOnly(1);
        assertThat(left).noneMatch(next::takes);
        assertThat(sent).allMatch(next::takes);
        assertThat(sent).noneMatch(next::takes);
    }

    @Test
    void theEndOfAJobCountsOnceAndNotIfAnotherEngineSentIt() {
        RunOrigin origin = new RunOrigin("abc", "claim", Map.of());
        String config = "jobs: {a: {notebook: n.ipynb}, b: {notebook: n.ipynb}}";
        String run = runs.start(configs.read(config), origin);
        JobResult left = JobMessages.succeeded(runs.next(run).get(0), Map.of());

        Runs next = new Runs(ledger, Path.of("outputs"), Path.of("/work"), 64, 64, 2, heard, Clock.systemUTC());
        assertThat(next.ended(left)).isEqualTo(Ended.GOES_ON);
        next.start(configs.read(config), origin);
        CompletableFuture<RunSummary> end = next.end(run);
        List<JobMessage> sent = next.next(run);
        JobResult first = JobMessages.succeeded(sent.get(0), Map.of());
        next.ended(first);
        next.settled(sent.get(0));

        assertThat(next.ended(first)).isEqualTo(Ended.GOES_ON);
        assertThat(next.ended(left)).isEqualTo(Ended.GOES_ON);
        assertThat(end).isNotDone();
        assertThat(heard.events).containsOnlyOnce("a succeeded");
        next.ended(JobMessages.succeeded(sent.get(1), Map.of()));
        next.settled(sent.get(1));
        assertThat(end.join().count(JobState.SUCCEEDED)).isEqualTo(2);
    }

    @Test
    void theIdByWhichTheSenderKnowsARunIsWithItsJobsAlsoAfterACrash() {
        RunOrigin origin = new RunOrigin("abc", "20260314-092653-123-x.yaml", Map.of()).withCorrelation("order-1");
        String run = runs.start(configs.read(TWO_AND_ONE), origin);
        assertThat(runs.next(run)).extracting(JobMessage::correlation).containsOnly("order-1");

        Runs next = new Runs(ledger, Path.of("outputs"), Path.of("/work"), 64, 64, 2, heard, Clock.systemUTC());
        next.resume(run, configs.read(TWO_AND_ONE), Redo.INTERRUPTED);

        assertThat(next.next(run)).extracting(JobMessage::correlation).containsOnly("order-1");
        assertThat(ledger.history().run(run).correlation()).isEqualTo("order-1");
    }

    @Test
    void theFailedJobsOfARunAreRunAgainWithWhatWasSkippedBecauseOfThem() {
        String run = start(TWO_AND_ONE);
        List<JobMessage> first = runs.next(run);
        execute(first.get(0), JobState.SUCCEEDED);
        execute(first.get(1), JobState.FAILED);
        runs.next(run);

        runs.resume(run, configs.read(TWO_AND_ONE), Redo.UNSUCCESSFUL);
        CompletableFuture<RunSummary> end = runs.end(run);
        List<JobMessage> again = runs.next(run);
        assertThat(again).extracting(job -> job.job() + " " + job.attempt()).containsExactly("first[f2] 2");
        execute(again.get(0), JobState.SUCCEEDED);
        runs.next(run).forEach(job -> execute(job, JobState.SUCCEEDED));

        assertThat(end.join().isFlawless()).isTrue();
    }

    @Test
    void aRunWhoseJobsHaveChangedDoesNotGoOn() {
        String run = start(TWO_AND_ONE);
        runs.next(run).forEach(job -> execute(job, JobState.SUCCEEDED));

        assertThatThrownBy(() ->
                        runs.resume(run, configs.read(TWO_AND_ONE.replace("[1, 2]", "[1, 2, 3]")), Redo.INTERRUPTED))
                .isInstanceOf(ResumeException.class)
                .hasMessageContaining("with 3 jobs")
                .hasMessageContaining("with 4; undo that, or begin a new run");
        assertThatThrownBy(
                        () -> runs.resume(run, configs.read(TWO_AND_ONE.replace("[1, 2]", "[1, 3]")), Redo.INTERRUPTED))
                .hasMessageContaining("where it had the job 'first[f2]', there is now 'first[f3]'");
        assertThatThrownBy(() -> runs.resume(
                        run,
                        configs.read(TWO_AND_ONE.replace("matrix:", "parameters: {rows: 5}, matrix:")),
                        Redo.INTERRUPTED))
                .hasMessageContaining("succeeded with the parameters {\"x\":1}, and they are now {\"x\":1,\"rows\":5}");
    }
}
