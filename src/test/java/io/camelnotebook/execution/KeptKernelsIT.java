package io.camelnotebook.execution;

import static io.camelnotebook.execution.TestNotebooks.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real kernels that wait for their next call. */
@Timeout(180)
class KeptKernelsIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final PythonKernels kernels = new PythonKernels();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestNotebooks notebooks;

    KeptKernelsIT(@TempDir Path folder) {
        notebooks = new TestNotebooks(folder, "python3");
    }

    @AfterEach
    void close() {
        threads.shutdown();
        kernels.close();
    }

    private KeptKernels kept(int slots, Duration patience) {
        return new KeptKernels(slots, patience, threads);
    }

    private FunctionKernel start() throws Exception {
        return kernels.startFunctions(notebooks.request(cell("def f(x):\n    return x")))
                .kernel()
                .orElseThrow();
    }

    private static void awaitEnd(FunctionKernel kernel) {
        await().atMost(SOON).until(kernel::isDead);
    }

    @Test
    void aKernelIsForItsOwnerAloneAndForOneCallAtATime() throws Exception {
        KeptKernels kept = kept(2, SOON);
        FunctionKernel kernel = start();
        kept.keep("a", 0, kernel);

        assertThat(kept.take("b")).isEmpty();
        assertThat(kept.take("a")).containsSame(kernel);
        assertThat(kept.take("a")).isEmpty();
        kernel.close();
    }

    @Test
    void aKernelThatDiedMeanwhileIsNotGivenOut() throws Exception {
        KeptKernels kept = kept(2, SOON);
        FunctionKernel kernel = start();
        kept.keep("a", 0, kernel);
        kernel.end();

        assertThat(kept.take("a")).isEmpty();
    }

    @Test
    void whatWaitsTheLongestMakesRoomForAKernelThatStarts() throws Exception {
        KeptKernels kept = kept(1, SOON);
        FunctionKernel first = start();
        FunctionKernel second = start();
        kept.keep("a", 0, first);
        kept.keep("b", 0, second);

        kept.beforeStart();

        awaitEnd(first);
        assertThat(kept.take("b")).containsSame(second);
        second.close();
    }

    @Test
    void kernelsThatSaidHowMuchMemoryTheyNeedEndBeforeOthersGetIt() throws Exception {
        KeptKernels kept = kept(2, SOON);
        FunctionKernel small = start();
        FunctionKernel large = start();
        kept.keep("a", 0, small);
        kept.keep("b", 1_000_000_000, large);

        kept.makeRoom("b");
        assertThat(large.isDead()).isFalse();
        kept.makeRoom("c");

        assertThat(large.isDead()).isTrue();
        assertThat(small.isDead()).isFalse();
        kept.close();
        awaitEnd(small);
    }

    @Test
    void theyEndWithTheirOwnerAndWithTheEngine() throws Exception {
        KeptKernels kept = kept(2, SOON);
        FunctionKernel first = start();
        FunctionKernel second = start();
        kept.keep("a", 0, first);

        kept.end("a");
        awaitEnd(first);
        kept.close();
        kept.keep("a", 0, second);
        awaitEnd(second);
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        KeptKernels kept = kept(2, Duration.ofMillis(200));
        FunctionKernel kernel = start();
        kept.keep("a", 0, kernel);

        awaitEnd(kernel);
        assertThat(kept.take("a")).isEmpty();
    }
}
