package io.camelnotebook.execution;

import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.AtomicFile.Durability;
import java.io.IOException;
import java.time.Clock;

/**
 * Executes notebooks, each on a kernel of its own: reads one, gives it its parameters, starts the kernel, runs the
 * cells, and leaves the executed notebook behind, whatever happened. Thread-safe; one call executes one notebook.
 */
public final class NotebookExecutor {

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
     * Writes a prepared notebook to where its request says, without running anything.
     *
     * @throws PreparationException if that cannot be written
     */
    public void write(PreparedNotebook prepared) throws PreparationException {
        new NotebookRecorder(prepared.notebook(), ExecutionListener.NONE, clock).prepared(prepared.request());
        try {
            prepared.save(Durability.MACHINE_CRASH);
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
        NotebookRecorder recorder = new NotebookRecorder(prepared.notebook(), listener, clock);
        recorder.prepared(prepared.request());
        Attempt attempt = new Attempt(kernels, prepared, recorder, cancellation);
        attempt.run();
        return attempt.finish();
    }
}
