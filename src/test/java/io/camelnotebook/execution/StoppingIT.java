package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of time, and what is done about kernels that ignore them. */
@Timeout(60)
class StoppingIT extends WithFakeKernel {

    @Test
    void aCellThatIsInterruptedAtItsTimeoutHasTimedOutEvenIfItAnswersOk() throws Exception {
        ExecutionResult result = fake.execute(FakeKernel.cellTimeout(Duration.ofMillis(300)), "sleep 30", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary())
                .isEqualTo("CellTimeout: the time limit of 0.3 s was over while the cell ran");
        assertThat(result.exit().orElseThrow().code()).hasValue(0);
    }

    @Test
    void aCellThatIsDeafToInterruptsIsTerminated() throws Exception {
        ExecutionResult result = fake.execute(FakeKernel.cellTimeout(Duration.ofMillis(300)), "sleep_deaf 30");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.exit().orElseThrow().signal()).hasValue(15);
        assertThat(result.run()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aCellThatIsDeafToSigtermTooIsKilled() throws Exception {
        ExecutionResult result = fake.execute(FakeKernel.cellTimeout(Duration.ofMillis(300)), "sleep_immortal 30");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.exit().orElseThrow().signal()).hasValue(9);
        assertThat(result.run()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTimeOfTheWholeNotebookEndsTheCellThatRuns() throws Exception {
        ExecutionOptions options = FakeKernel.options(Optional.of(Duration.ofMillis(600)), Optional.empty());
        ExecutionResult result = fake.execute(options, "sleep 0.1", "sleep 30", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(FakeKernel.statuses(result))
                .containsExactly(CellStatus.COMPLETED, CellStatus.TIMED_OUT, CellStatus.NOT_RUN);
    }
}
