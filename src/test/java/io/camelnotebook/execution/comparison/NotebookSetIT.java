package io.camelnotebook.execution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.kernel.KernelTransport;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@link NotebookSet} executed by nbclient, and by our engine in fresh kernels and in forked ones over either carrier.
 * What comes out is the same in every field, except for the {@link DemandedDifferences} from nbclient and for what
 * {@link Normaliser} takes out. One class, because each of the four executions takes a minute or so. nbclient's kernels start
 * as they do on their own, except that they find ipykernel imported; our fresh ones share nothing at all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotebookSetIT {

    private final Path python = Path.of(System.getProperty("test.python"));
    private Map<String, ExecutedNotebook> nbclients;
    private Map<String, ExecutedNotebook> fresh;
    private Map<String, ExecutedNotebook> overSocket;
    private Map<String, ExecutedNotebook> overZeroMq;

    @BeforeAll
    void execute(@TempDir Path folder) throws Exception {
        Path root = folder.toRealPath();
        Path folderOfTheirs = Files.createDirectories(root.resolve("nbclient"));
        FutureTask<Map<String, ExecutedNotebook>> nbclient =
                new FutureTask<>(() -> new Nbclient(python.toString()).run(folderOfTheirs));
        new Thread(nbclient, "nbclient").start();
        fresh = executed(root.resolve("fresh"), StartMode.FRESH, KernelTransport.ZMQ);
        overSocket = executed(root.resolve("socket"), StartMode.FORK, KernelTransport.SOCKET);
        overZeroMq = executed(root.resolve("zmq"), StartMode.FORK, KernelTransport.ZMQ);
        nbclients = nbclient.get();
    }

    private Map<String, ExecutedNotebook> executed(Path folder, StartMode mode, KernelTransport transport)
            throws IOException {
        try (LocalKernels kernels =
                new LocalKernels(List.of(python), mode, transport, 1, 1, Clock.systemUTC(), message -> {})) {
            return new OurEngine(kernels).run(Files.createDirectories(folder));
        }
    }

    static Stream<String> names() {
        return NotebookSet.names().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void ourNotebookIsThatOfNbclient(String name) {
        assertThat(NotebookComparison.between(nbclients.get(name), fresh.get(name)))
                .as("what differs in %s, beside what is demanded", name)
                .containsExactlyElementsOf(DemandedDifferences.of(name));
    }

    @Test
    void everyDemandedDifferenceIsOneOfANotebook() {
        assertThat(NotebookSet.names()).containsAll(DemandedDifferences.notebooks());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aForkOverASocketMakesTheNotebookOfAFreshKernel(String name) {
        assertThat(NotebookComparison.between(fresh.get(name), overSocket.get(name)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aForkOverZeroMqMakesTheNotebookOfAFreshKernel(String name) {
        assertThat(NotebookComparison.between(fresh.get(name), overZeroMq.get(name)))
                .isEmpty();
    }
}
