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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notebooks executed by fresh and by forked kernels, over either carrier: what comes out is the same in every field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForkComparisonIT {

    private Map<String, ExecutedNotebook> fresh;
    private Map<String, ExecutedNotebook> overSocket;
    private Map<String, ExecutedNotebook> overZeroMq;

    @BeforeAll
    void execute(@TempDir Path folder) throws Exception {
        Path root = folder.toRealPath();
        fresh = executed(root.resolve("fresh"), StartMode.FRESH, KernelTransport.ZMQ);
        overSocket = executed(root.resolve("socket"), StartMode.FORK, KernelTransport.SOCKET);
        overZeroMq = executed(root.resolve("zmq"), StartMode.FORK, KernelTransport.ZMQ);
    }

    private static Map<String, ExecutedNotebook> executed(Path folder, StartMode mode, KernelTransport transport)
            throws IOException {
        Path python = Path.of(System.getProperty("test.python"));
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
