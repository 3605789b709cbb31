package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static io.camelnotebook.execution.TestNotebooks.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Notebooks that may have only so much memory, however their kernels are started. */
@Timeout(180)
class MemoryLimitIT {

    private static final OptionalLong LIMIT = OptionalLong.of(300L << 20);
    private static final String TOO_MUCH = "held = bytearray(400 * 2**20)\nimport time; time.sleep(60)";

    private static ExecutionResult execute(Path folder, StartMode mode, String... cells) throws Exception {
        Path python = Path.of(System.getProperty("test.python"));
        ExecutionRequest request = with(
                new TestNotebooks(folder, "python3").request(cell(cells[0]), cell(cells[1])),
                ExecutionOptions.DEFAULT.withMemory(LIMIT));
        try (LocalKernels kernels = new LocalKernels(List.of(python), mode, 1, Clock.systemUTC(), message -> {})) {
            NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());
            PreparedNotebook prepared = executor.prepare(request);
            boolean[] waits = {true};
            executor.startNext(prepared, () -> waits[0]);
            waits[0] = false;
            ExecutionResult result = executor.execute(prepared, ExecutionListener.NONE, new Cancellation());
            assertThat(result.kernelStart().orElseThrow().description()).isEqualTo(mode.jsonName());
            return result;
        }
    }

    @ParameterizedTest
    @EnumSource(StartMode.class)
    void aKernelThatTakesMoreIsKilledAndTheErrorSaysHowMuchItHad(StartMode mode, @TempDir Path folder)
            throws Exception {
        ExecutionResult result = execute(folder, mode, "print('first')", TOO_MUCH);
        assertThat(result.outcome()).isEqualTo(Outcome.KERNEL_DIED);
        assertThat(result.error().orElseThrow().summary())
                .matches(
                        "MemoryLimit: the kernel was killed in the middle of the cell: it used \\d+\\.\\d MiB of memory,"
                                + " and may use 300.0 MiB; raise 'memory' under the job's 'resources', or hold less at once");
        assertThat(result.exit().orElseThrow().description()).startsWith("killed by signal 9 (SIGKILL): it used ");
    }

    @ParameterizedTest
    @EnumSource(StartMode.class)
    void whatItsChildrenHaveCountsAsWell(StartMode mode, @TempDir Path folder) throws Exception {
        String child = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', '''" + TOO_MUCH
                + "'''], start_new_session=True)";
        ExecutionResult result = execute(folder, mode, "print('first')", child);
        assertThat(result.error().orElseThrow().name()).isEqualTo("MemoryLimit");
    }

    @ParameterizedTest
    @EnumSource(StartMode.class)
    void aKernelThatReservesMuchAndUsesLittleIsLeftAlone(StartMode mode, @TempDir Path folder) throws Exception {
        String reserves = "import numpy, threading, time\nheld = numpy.empty(2**30, dtype='int64')\n"
                + "threads = [threading.Thread(target=time.sleep, args=(1,)) for _ in range(20)]\n"
                + "[thread.start() for thread in threads]; [thread.join() for thread in threads]";
        ExecutionResult result = execute(folder, mode, reserves, "print('last')");
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
