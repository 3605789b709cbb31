package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a cell is over, and what its reply means, whatever order the kernel tells it in. */
@Timeout(60)
class CellEndIT extends WithFakeKernel {

    @Test
    void anIdleThatComesLateIsWaitedFor() throws Exception {
        ExecutionResult result = fake.execute("late_idle 0.5", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.cells().get(0).duration()).isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
        assertThat(fake.text(1)).isEqualTo("next");
    }

    @Test
    void withoutAnIdleItGoesOnAfterTheGrace() throws Exception {
        ExecutionResult result = fake.execute("no_idle", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.cells().get(0).duration()).isBetween(Duration.ofMillis(3900), Duration.ofMillis(5500));
        assertThat(fake.text(1)).isEqualTo("next");
    }

    @Test
    void outputThatIsLongOnItsWayIsNotLost() throws Exception {
        ExecutionResult result = fake.execute("late_output 5", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fake.text(0)).isEqualTo("late");
        assertThat(fake.text(1)).isEqualTo("next");
    }

    @Test
    void anIdleMayComeBeforeTheReply() throws Exception {
        ExecutionResult result = fake.execute("idle_before_reply", "next");
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.COMPLETED, CellStatus.COMPLETED);
        assertThat(fake.executed(0).path("execution_count").asInt()).isEqualTo(1);
    }

    @Test
    void theReplysCountIsTheCellsAlsoWhereItOvertakesOutputs() throws Exception {
        fake.execute("reply_before_input", "next");
        assertThat(fake.executed(0).path("execution_count").asInt()).isEqualTo(9);
    }

    @Test
    void aResultAfterTheIdleIsKept() throws Exception {
        fake.execute("idle_before_result", "next");
        assertThat(TestNotebooks.text(fake.executed(0).at("/outputs/0/data/text~1plain")))
                .isEqualTo("late");
        assertThat(fake.executed(1).path("outputs")).hasSize(1);
    }

    @Test
    void aReplyWithoutStatusIsASuccess() throws Exception {
        assertThat(fake.execute("no_status", "next").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aReplyWithoutStatusAfterAnErrorOutputIsAFailure() throws Exception {
        ExecutionResult result = fake.execute("no_status_but_error", "next");
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary()).isEqualTo("Oops: said by an output only");
    }

    @Test
    void anAbortedCellHasFailed() throws Exception {
        ExecutionResult result = fake.execute("abort", "next");
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary())
                .isEqualTo("Aborted: the kernel did not run the cell; it answered 'abort'");
    }

    @Test
    void anErrorStopsTheNotebook() throws Exception {
        ExecutionResult result = fake.execute("first", "error ValueError no", "next");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(FakeKernel.statuses(result))
                .containsExactly(CellStatus.COMPLETED, CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary()).isEqualTo("ValueError: no");
        assertThat(FakeKernel.error(result).cell()).hasValue(1);
        assertThat(FakeKernel.error(result).executionCount()).hasValue(2);
        assertThat(FakeKernel.error(result).traceback()).containsExactly("ValueError: no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply_of_others", "reply_no_json"})
    void aCellWithoutReplyHasFailedSomeTimeAfterTheIdle(String code) throws Exception {
        ExecutionResult result = fake.execute(code, "next");
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.FAILED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary())
                .isEqualTo("NoReply: the kernel reported that it is idle, but did not answer the request to run the"
                        + " cell");
    }
}
