package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels that end in a cell, or after it, are told of with how they ended. */
@Timeout(60)
class KernelDeathIT extends WithFakeKernel {

    @ParameterizedTest
    @CsvSource({
        "die 9,killed by signal 9 (SIGKILL)",
        "die 11,killed by signal 11 (SIGSEGV)",
        "leave 0,exit status 0",
        "leave 7,exit status 7",
    })
    void aDeathInACellIsNoticedAtOnce(String code, String how) throws Exception {
        ExecutionResult result = fake.execute("first", code, "next");
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(FakeKernel.statuses(result))
                .containsExactly(CellStatus.COMPLETED, CellStatus.KERNEL_DIED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).summary())
                .isEqualTo("DeadKernel: the kernel ended in the middle of the cell: " + how);
        assertThat(result.exit().orElseThrow().description()).isEqualTo(how);
        assertThat(result.cells().get(1).duration()).isLessThan(Duration.ofSeconds(2));
        // Before the failed cell stand papermill's two markers.
        assertThat(fake.text(3)).isEqualTo("last words");
    }

    @ParameterizedTest
    @CsvSource({"finish_and_leave 0", "finish_and_leave 0.03", "reply_and_leave"})
    void aDeathAfterACellIsToldByTheNext(String code) throws Exception {
        ExecutionResult result = fake.execute(code, "next", "last");
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(FakeKernel.statuses(result))
                .containsExactly(CellStatus.COMPLETED, CellStatus.KERNEL_DIED, CellStatus.NOT_RUN);
        assertThat(FakeKernel.error(result).message()).contains("exit status 3");
    }
}
