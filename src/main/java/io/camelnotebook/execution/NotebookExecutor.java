package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelStartException;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.Cell;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes notebooks, each on a kernel of its own: reads one, gives it its parameters, starts the kernel, runs the
 * cells, and leaves the executed notebook behind, whatever happened. Thread-safe; one call executes one notebook.
 */
public final class NotebookExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(NotebookExecutor.class);

    private final LocalKernels kernels;
    private final Preparation preparation;
    private final Clock clock;

    /** An executor on the kernels of this machine. */
    public NotebookExecutor(LocalKernels kernels, Clock clock) {
        this.kernels = kernels;
        this.preparation = new Preparation(kernels);
        this.clock = clock;
    }

    /**
     * Reads a notebook, gives it its parameters and finds its kernel. Changes nothing outside.
     *
     * @throws PreparationException if the notebook cannot be executed as asked
     */
    public PreparedNotebook prepare(ExecutionRequest request) throws PreparationException {
        return preparation.of(request);
    }

    /**
     * The same for a notebook that is in no file.
     *
     * @param document its JSON; the request's path to it is only what to call it
     */
    public PreparedNotebook prepare(ExecutionRequest request, byte[] document) throws PreparationException {
        return preparation.of(request, document);
    }

    /** Takes note of a notebook that is to be executed soon: kernels start sooner where that is known. */
    public void expect(PreparedNotebook prepared) {
        kernels.expect(prepared.kernelRequest());
    }

    /**
     * Begins to start the kernel of a notebook that is next, where that can be done ahead.
     *
     * @param waits whether the notebook has not begun yet
     */
    public void startNext(PreparedNotebook prepared, BooleanSupplier waits) {
        try {
            kernels.startNext(prepared.kernelRequest(), waits);
        } catch (KernelStartException e) {
            LOG.debug("Nothing is started ahead: {}", e.getMessage());
        }
    }

    /**
     * Writes a prepared notebook without running anything. Old outputs stay, as nothing has taken their place.
     *
     * @throws PreparationException if that cannot be written
     */
    public void write(PreparedNotebook prepared, NotebookOutput output) throws PreparationException {
        new NotebookRecorder(prepared.notebook(), ExecutionListener.NONE, clock).described(prepared.request());
        try {
            output.result(prepared.notebook());
        } catch (IOException e) {
            throw new PreparationException(
                    prepared.request().output(), "output", "the notebook cannot be written: " + e, e);
        }
    }

    /**
     * Executes a prepared notebook and writes it to where the request says; also when it fails.
     *
     * @param cancellation may ask for an early end, from any thread
     */
    public ExecutionResult execute(PreparedNotebook prepared, ExecutionListener listener, Cancellation cancellation) {
        return execute(prepared, NotebookOutput.file(prepared.request().output()), listener, cancellation);
    }

    /** The same with another output; the request's path to it is only what to call it. */
    public ExecutionResult execute(
            PreparedNotebook prepared, NotebookOutput output, ExecutionListener listener, Cancellation cancellation) {
        Attempt attempt = attempt(prepared, output, listener, cancellation);
        attempt.run();
        return attempt.finish();
    }

    /**
     * Executes what a prepared notebook defines, and writes it as {@link #execute} does, but keeps the kernel.
     *
     * @return how that went, and the kernel if it went well
     */
    public FunctionKernel.Start startFunctions(
            PreparedNotebook prepared, NotebookOutput output, ExecutionListener listener, Cancellation cancellation) {
        PreparedNotebook definitions = prepared.definitions();
        Attempt attempt = attempt(definitions, output, listener, cancellation);
        attempt.run();
        Optional<FunctionKernel> kernel = attempt.takeKernel().map(FunctionKernel::new);
        return new FunctionKernel.Start(attempt.finish(), kernel);
    }

    private Attempt attempt(
            PreparedNotebook prepared, NotebookOutput output, ExecutionListener listener, Cancellation cancellation) {
        prepared.notebook().cells().forEach(Cell::clearOutputs);
        NotebookRecorder recorder = new NotebookRecorder(prepared.notebook(), listener, clock);
        recorder.prepared(prepared.request());
        return new Attempt(kernels, prepared, output, recorder, cancellation);
    }
}
