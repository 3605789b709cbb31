package io.camelnotebook.execution;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** IPython's kernel from the Python of the tests, freshly started for each notebook. */
final class PythonKernels implements AutoCloseable {

    private final LocalKernels kernels = new LocalKernels(
            List.of(Path.of(System.getProperty("test.python"))), StartMode.FRESH, 1, Clock.systemUTC(), message -> {});
    private final NotebookExecutor executor = new NotebookExecutor(kernels, Clock.systemUTC());

    ExecutionResult execute(ExecutionRequest request) throws PreparationException {
        return executor.execute(executor.prepare(request), ExecutionListener.NONE, new Cancellation());
    }

    FunctionKernel.Start startFunctions(ExecutionRequest request) throws PreparationException {
        return executor.startFunctions(
                executor.prepare(request),
                NotebookOutput.file(request.output()),
                ExecutionListener.NONE,
                new Cancellation());
    }

    @Override
    public void close() {
        kernels.close();
    }
}
