package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryRuleTest {

    private static final RetryPolicy NONE_NAMED = RetryPolicy.DEFAULT;

    private final RetryRule rule = new RetryRule(2);

    private static JobResult ended(JobState state, String error, @Nullable String exit) {
        return JobMessages.withKernel(
                JobMessages.result(
                        JobMessages.job("a"), state, new JobResult.Failure(0, error, "", List.of()), Map.of()),
                new JobResult.KernelRecord("python3", null, null, null, exit, null, null));
    }

    private static RetryPolicy on(String... names) {
        return new RetryPolicy(OptionalInt.empty(), Duration.ZERO, 2, Set.of(names));
    }

    @Test
    void aKernelThatDidNotStartOrWasKilledIsTriedAgainWhateverThePolicyNames() {
        JobResult notStarted = ended(JobState.FAILED, "KernelStart", null);
        JobResult killed = ended(JobState.KERNEL_DIED, "DeadKernel", "killed by signal 9 (SIGKILL)");
        JobResult overLimit = ended(
                JobState.KERNEL_DIED,
                "MemoryLimit",
                "killed by signal 9 (SIGKILL): it used 2.3 GiB of memory, and may use 2.0 GiB");
        JobResult lost = ended(JobState.KERNEL_DIED, "DeadKernel", null);

        assertThat(List.of(notStarted, killed, overLimit, lost))
                .allMatch(result -> rule.hasAnother(NONE_NAMED, 1, result));
        assertThat(rule.hasAnother(NONE_NAMED, 2, killed)).isTrue();
        assertThat(rule.hasAnother(NONE_NAMED, 3, killed)).isFalse();
    }

    @Test
    void anErrorOfTheNotebookIsTriedAgainOnlyIfItIsNamed() {
        JobResult error = ended(JobState.FAILED, "ConnectionError", "exit status 0");

        assertThat(rule.hasAnother(NONE_NAMED, 1, error)).isFalse();
        assertThat(rule.hasAnother(on("ValueError", "timeout"), 1, error)).isFalse();
        assertThat(rule.hasAnother(on("ConnectionError"), 1, error)).isTrue();
        assertThat(rule.hasAnother(on("requests.ConnectionError"), 1, error)).isTrue();
        assertThat(rule.hasAnother(on("error"), 1, error)).isTrue();
    }

    @Test
    void aKernelThatLeftByItselfIsAnErrorOfTheNotebook() {
        JobResult left = ended(JobState.KERNEL_DIED, "DeadKernel", "exit status 3");

        assertThat(rule.hasAnother(NONE_NAMED, 1, left)).isFalse();
        assertThat(rule.hasAnother(on("error"), 1, left)).isTrue();
    }

    @Test
    void aTimeoutIsTriedAgainOnlyIfItIsNamed() {
        JobResult late = ended(JobState.TIMED_OUT, "CellTimeout", "exit status 0");

        assertThat(rule.hasAnother(on("error"), 1, late)).isFalse();
        assertThat(rule.hasAnother(on("timeout"), 1, late)).isTrue();
    }

    @Test
    void whatWasCancelledOrCannotBeExecutedIsNotTriedAgain() {
        RetryPolicy all = on("error", "timeout");
        JobResult impossible = JobMessages.withKernel(ended(JobState.FAILED, "NotExecutable", null), null);

        assertThat(rule.hasAnother(all, 1, ended(JobState.CANCELLED, "Cancelled", null)))
                .isFalse();
        assertThat(rule.hasAnother(all, 1, impossible)).isFalse();
    }

    @Test
    void aJobsOwnNumberOfAttemptsCounts() {
        JobResult killed = ended(JobState.KERNEL_DIED, "DeadKernel", "killed by signal 9 (SIGKILL)");
        RetryPolicy once = new RetryPolicy(OptionalInt.of(1), Duration.ZERO, 2, Set.of());

        assertThat(rule.hasAnother(once, 1, killed)).isFalse();
    }
}
