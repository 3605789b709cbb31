package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job that is cancelled ends early, wherever it is, and leaves no kernel behind. */
@Timeout(60)
class CancellingIT extends WithFakeKernel {

    @Test
    void aCancelledCellIsInterruptedAndNoOtherRuns() throws Exception {
        Cancellation cancellation = new Cancellation();
        ExecutionListener cancelling = new ExecutionListener() {
            @Override
            public void cellStarted(int index) {
                new Thread(cancellation::cancel).start();
            }
        };
        PreparedNotebook prepared = fake.executor()
                .prepare(
                        with(fake.request("sleep 30", "next"), FakeKernel.options(Optional.empty(), Optional.empty())));
        ExecutionResult result = fake.executor().execute(prepared, cancelling, cancellation);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(result.cells().get(1).status()).isEqualTo(CellStatus.NOT_RUN);
        assertThat(fake.executed().at("/metadata/camel_notebook/status").asText())
                .isEqualTo("cancelled");
        fake.awaitNoKernels();
    }

    @Test
    void whatIsCancelledBeforeItsStartDoesNotStart() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        ExecutionResult result = fake.execute(fake.request("next"), cancellation);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.NOT_RUN);
        assertThat(Thread.interrupted()).isFalse();
        fake.awaitNoKernels();
        assertThat(fake.execute("next").outcome()).as("the one after it").isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void whatIsCancelledWhileItsKernelStartsLeavesTheOthersAlone() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            await().until(() -> fake.kernelProcesses().findAny().isPresent());
            cancellation.cancel();
        });
        ExecutionRequest request = fake.requestToMute();
        canceller.start();
        ExecutionResult result = fake.execute(request, cancellation);
        canceller.join();
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        fake.awaitNoKernels();
        assertThat(fake.execute("next").outcome()).as("the one after it").isEqualTo(Outcome.SUCCEEDED);
    }
}
