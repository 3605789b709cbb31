package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

/** The kernels that {@code src/test/kernels/install} has installed, in its folder and in the system. */
final class OtherKernels implements AutoCloseable {

    private final LocalKernels kernels;
    private final NotebookExecutor executor;

    OtherKernels() {
        Path specs = Path.of(System.getProperty("test.kernels"), "share/jupyter/kernels");
        if (!Files.isDirectory(specs)) {
            throw new AssertionError(specs + " is missing; install the kernels of the tests: src/test/kernels/install");
        }
        try (Stream<Path> folders = Files.list(specs)) {
            kernels = new LocalKernels(folders.sorted().toList(), StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor = new NotebookExecutor(kernels, Clock.systemUTC());
    }

    KernelSpec spec(String name) {
        return kernels.specs().require(name);
    }

    ExecutionResult execute(ExecutionRequest request) throws PreparationException {
        return execute(request, ExecutionListener.NONE, new Cancellation());
    }

    ExecutionResult execute(ExecutionRequest request, ExecutionListener listener, Cancellation cancellation)
            throws PreparationException {
        return executor.execute(executor.prepare(request), listener, cancellation);
    }

    @Override
    public void close() {
        kernels.close();
    }
}
