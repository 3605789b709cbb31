package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import io.camelnotebook.pipeline.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    private static final int WINDOW = 64;

    private final PipelineFolder configs;

    RunTest(@TempDir Path folder) {
        configs = new PipelineFolder(folder);
    }

    private Run run(String yaml) {
        return run(yaml, WINDOW);
    }

    private Run run(String yaml, int window) {
        return new Run("r", configs.read(yaml), window);
    }

    private static List<String> ready(Run run) {
        return run.takeReady().stream().map(Job::id).toList();
    }

    private static List<String> notRun(Run run) {
        List<String> jobs = new ArrayList<>();
        for (Optional<Run.NotRun> next = run.takeNotRun(); next.isPresent(); next = run.takeNotRun()) {
            Run.NotRun job = next.get();
            jobs.add(job.job().id() + " " + job.state().jsonName() + ": " + job.reason());
        }
        return jobs;
    }

    /** The only job of a template ends, and what it left is published. */
    private static void end(Run run, String template, JobState state) {
        run.ended(template, template, state);
        run.settled();
    }

    @Test
    void aJobIsReadyOnceEveryJobItNeedsHasSucceeded() {
        Run run = run("""
                jobs:
                  last: {notebook: n.ipynb, label: last, needs: [left, right]}
                  left: {notebook: n.ipynb, label: left, needs: first}
                  right: {notebook: n.ipynb, label: right, needs: first}
                  first: {notebook: n.ipynb, label: first}
                """);

        assertThat(ready(run)).containsExactly("first");
        assertThat(ready(run)).isEmpty();
        end(run, "first", JobState.SUCCEEDED);
        assertThat(ready(run)).containsExactlyInAnyOrder("left", "right");
        end(run, "right", JobState.CACHED);
        assertThat(ready(run)).isEmpty();
        end(run, "left", JobState.SUCCEEDED);
        assertThat(ready(run)).containsExactly("last");
    }

    @Test
    void allJobsOfAMatrixMustSucceedBeforeWhatNeedsThemIsReady() {
        Run run = run("""
                jobs:
                  train: {notebook: n.ipynb, matrix: {seed: [1, 2, 3]}, label: "${matrix.seed}"}
                  compare: {notebook: n.ipynb, label: compare, needs: train}
                """);

        List<String> trains = ready(run);
        assertThat(trains).hasSize(3).allMatch(id -> id.startsWith("train["));
        run.ended("train", trains.get(2), JobState.SUCCEEDED);
        run.ended("train", trains.get(0), JobState.SUCCEEDED);
        assertThat(ready(run)).isEmpty();
        run.ended("train", trains.get(1), JobState.SUCCEEDED);
        assertThat(ready(run)).containsExactly("compare");
    }

    @Test
    void theJobWithTheLongestWayAfterItGoesFirst() {
        Run run = run("""
                jobs:
                  alone: {notebook: n.ipynb, label: alone}
                  second: {notebook: n.ipynb, label: second, needs: first}
                  third: {notebook: n.ipynb, label: third, needs: second}
                  before: {notebook: n.ipynb, label: before}
                  after: {notebook: n.ipynb, label: after, needs: before}
                  first: {notebook: n.ipynb, label: first}
                """);

        assertThat(ready(run)).containsExactly("first", "before", "alone");
    }

    @Test
    void aHigherPriorityComesBeforeALongerWay() {
        Run run = run("""
                jobs:
                  first: {notebook: n.ipynb, label: first}
                  second: {notebook: n.ipynb, label: second, needs: first}
                  later: {notebook: n.ipynb, label: later, priority: -1}
                  urgent: {notebook: n.ipynb, label: urgent, priority: 5}
                """);

        assertThat(ready(run)).containsExactly("urgent", "first", "later");
    }

    @Test
    void noMoreJobsAreTakenThanThePipelineWantsInParallel() {
        Run run = run("""
                max_parallel: 2
                jobs:
                  train: {notebook: n.ipynb, matrix: {seed: {range: [0, 5]}}, label: "${matrix.seed}"}
                """);

        List<String> first = ready(run);
        assertThat(first).hasSize(2);
        assertThat(ready(run)).isEmpty();
        run.ended("train", first.get(1), JobState.FAILED);
        assertThat(ready(run)).hasSize(1).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theWindowOfTheEngineHoldsWhateverThePipelineWants() {
        Run run = run("""
                max_parallel: 50
                jobs:
                  train: {notebook: n.ipynb, matrix: {seed: {range: [0, 5]}}, label: "${matrix.seed}"}
                """, 3);

        assertThat(ready(run)).hasSize(3);
        assertThat(ready(run)).isEmpty();
    }

    private static final String CHAIN_AND_OTHERS = """
            on_failure: %s
            max_parallel: 1
            jobs:
              first: {notebook: n.ipynb, label: first}
              second: {notebook: n.ipynb, label: second, needs: first}
              third: {notebook: n.ipynb, label: third, needs: second}
              other: {notebook: n.ipynb, label: other}
            """;

    @Test
    void afterAFailureWhatNeedsItIsSkippedAndTheRestGoesOn() {
        Run run = run(CHAIN_AND_OTHERS.formatted("continue"));
        assertThat(ready(run)).containsExactly("first");
        assertThat(notRun(run)).isEmpty();

        end(run, "first", JobState.TIMED_OUT);

        assertThat(ready(run)).containsExactly("other");
        assertThat(notRun(run))
                .containsExactly(
                        "second skipped: it needs 'first', which did not succeed",
                        "third skipped: it needs 'second', which did not succeed");
        assertThat(run.isOver()).isFalse();
        end(run, "other", JobState.SUCCEEDED);
        assertThat(run.isOver()).isTrue();
        assertThat(run.summary(0).state()).isEqualTo(RunState.FAILED);
        assertThat(run.summary(0).jobs())
                .containsOnly(entry(JobState.TIMED_OUT, 1), entry(JobState.SKIPPED, 2), entry(JobState.SUCCEEDED, 1));
    }

    @Test
    void afterAFailureNothingMoreIsTakenWhenThePipelineWantsToStop() {
        Run run = run(CHAIN_AND_OTHERS.formatted("stop"));
        assertThat(ready(run)).containsExactly("first");

        end(run, "first", JobState.KERNEL_DIED);

        assertThat(ready(run)).isEmpty();
        assertThat(notRun(run))
                .containsExactly(
                        "second skipped: it needs 'first', which did not succeed",
                        "third skipped: it needs 'second', which did not succeed",
                        "other skipped: the run stopped when 'first' did not succeed (on_failure: stop)");
        assertThat(run.isOver()).isTrue();
        assertThat(run.summary(0).state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void whatWaitsWhenARunIsCancelledDoesNotStart() {
        Run run = run(CHAIN_AND_OTHERS.formatted("continue"));
        assertThat(ready(run)).containsExactly("first");

        run.cancel();

        assertThat(ready(run)).isEmpty();
        assertThat(notRun(run))
                .containsExactly(
                        "second cancelled: the run was cancelled before it started",
                        "third cancelled: the run was cancelled before it started",
                        "other cancelled: the run was cancelled before it started");
        assertThat(run.isOver()).isFalse();
        assertThat(run.summary(0).state()).isEqualTo(RunState.RUNNING);
        end(run, "first", JobState.CANCELLED);
        assertThat(run.summary(0).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void aRunThatIsCancelledAfterItsLastJobHasStillSucceeded() {
        Run run = run("jobs: {only: {notebook: n.ipynb, label: only}}");
        assertThat(ready(run)).containsExactly("only");

        run.cancel();
        end(run, "only", JobState.SUCCEEDED);

        assertThat(run.summary(0).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunIsNotOverBeforeWhatItsLastJobLeftIsPublished() {
        Run run = run("jobs: {only: {notebook: n.ipynb, label: only}}");
        assertThat(ready(run)).containsExactly("only");

        run.ended("only", "only", JobState.SUCCEEDED);
        assertThat(run.isOver()).isFalse();
        run.undelivered();
        run.settled();

        assertThat(run.isOver()).isTrue();
        assertThat(run.summary(0).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.summary(0).isFlawless()).isFalse();
    }

    @Test
    void aResultOfAJobThatTheRunDoesNotHaveIsRefused() {
        Run run = run("jobs: {only: {notebook: n.ipynb, label: only}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.ended("another", "another", JobState.SUCCEEDED))
                .withMessageContaining("run r has no job 'another'");
    }
}
