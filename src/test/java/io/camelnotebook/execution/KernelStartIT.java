package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kernels that do not answer as they should when they start. */
@Timeout(60)
class KernelStartIT extends WithFakeKernel {

    @Test
    void aKernelThatNeverAnswersFailsAtTheStartTimeout() throws Exception {
        ExecutionRequest request = with(fake.requestToMute(), Duration.ofSeconds(1));
        ExecutionResult result = fake.execute(request, new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(FakeKernel.error(result).summary())
                .isEqualTo("KernelStart: kernel 'mute' did not answer within 1 s; it printed nothing");
        assertThat(FakeKernel.statuses(result)).containsExactly(CellStatus.NOT_RUN);
        fake.awaitNoKernels();
    }

    @Test
    void aKernelThatLosesTheFirstQuestionIsAskedAnew() throws Exception {
        ExecutionResult result = fake.execute(fake.requestToForgetful(), new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    /** nbclient breaks off. */
    @Test
    void aKernelThatDoesNotSayItsLanguageLeavesWhatTheNotebookSays() throws Exception {
        ExecutionResult result = fake.execute(fake.requestToReserved(), new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fake.executed().at("/metadata/language_info/name").asText()).isEqualTo("python");
    }

    @Test
    void aKernelThatPublishesNothingWhileItStartsIsUsedAllTheSame() throws Exception {
        ExecutionResult result = fake.execute(fake.requestToSilent(), new Cancellation());
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
