package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.HeapShortage;
import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelStartException;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.notebook.ErrorMarkers;
import io.camelnotebook.notebook.Notebook;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One execution of a prepared notebook: what is known about it so far. For one thread: first run, then finish. */
final class Attempt {

    private final LocalKernels kernels;
    private final PreparedNotebook prepared;
    private final ExecutionRequest request;
    private final NotebookOutput output;
    private final Notebook notebook;
    private final NotebookRecorder recorder;
    private final Cancellation cancellation;
    private Outcome outcome = Outcome.SUCCEEDED;
    private @Nullable ExecutionError error;
    private List<CellResult> cells = List.of();
    private @Nullable Kernel kernel;
    private boolean isTaken;
    private @Nullable KernelInfo info;
    private Duration startTime = Duration.ZERO;
    private Duration runTime = Duration.ZERO;

    Attempt(
            LocalKernels kernels,
            PreparedNotebook prepared,
            NotebookOutput output,
            NotebookRecorder recorder,
            Cancellation cancellation) {
        this.kernels = kernels;
        this.prepared = prepared;
        this.request = prepared.request();
        this.output = output;
        this.notebook = prepared.notebook();
        this.recorder = recorder;
        this.cancellation = cancellation;
    }

    /** Starts the kernel and runs the cells. */
    void run() {
        if (cancellation.isRequested()) {
            cancelled();
            return;
        }
        long start = System.nanoTime();
        Thread thread = Thread.currentThread();
        cancellation.onRequest(thread::interrupt);
        try {
            Kernel started = kernels.start(prepared.kernelRequest());
            kernel = started;
            info = started.info();
            startTime = Duration.ofNanos(System.nanoTime() - start);
            recorder.kernelStarted(prepared.kernel(), started.info());
            runCells(started);
        } catch (KernelStartException e) {
            // Reading or writing a file while interrupted fails, too.
            if (cancellation.isRequested()) {
                cancelled();
            } else {
                fail(Outcome.FAILED, ExecutionError.ofNotebook("KernelStart", String.valueOf(e.getMessage())));
            }
        } catch (InterruptedException e) {
            cancelled();
        } catch (OutOfMemoryError e) {
            fail(Outcome.FAILED, ExecutionError.ofNotebook("OutOfMemory", HeapShortage.description()));
        } finally {
            cancellation.onRequest(null);
            // An interrupt that came too late to be noticed would break the saving of the notebook.
            Thread.interrupted();
            runTime = Duration.ofNanos(System.nanoTime() - start).minus(startTime);
        }
    }

    private void runCells(Kernel started) throws InterruptedException {
        Autosave autosave = new Autosave(() -> output.progress(notebook), request.autosaveInterval(), System::nanoTime);
        NotebookExecution execution = new NotebookExecution(notebook, started, request.options(), autosave, recorder);
        cancellation.onRequest(execution::cancel);
        cells = execution.run();
        Optional<CellResult> stopper = cells.stream().filter(CellResult::stops).findFirst();
        if (stopper.isPresent()) {
            fail(Outcome.of(stopper.get().status()), stopper.get().error().orElse(null));
        } else {
            execution
                    .stopped()
                    .ifPresent(status -> fail(
                            Outcome.of(status),
                            ExecutionError.ofNotebook("Stopped", "the notebook was stopped between two cells")));
        }
    }

    private void cancelled() {
        fail(Outcome.CANCELLED, ExecutionError.ofNotebook("Cancelled", "the job was cancelled"));
    }

    private void fail(Outcome how, @Nullable ExecutionError why) {
        outcome = how;
        error = how == Outcome.SUCCEEDED ? null : why;
    }

    /** Takes the kernel over if all has gone well: whoever does ends it. Before {@link #finish}. */
    Optional<Kernel> takeKernel() {
        Optional<Kernel> taken = Optional.ofNullable(kernel).filter(running -> outcome == Outcome.SUCCEEDED);
        isTaken = taken.isPresent();
        return taken;
    }

    /** Ends the kernel, unless it was taken, and writes the notebook, whatever has happened. */
    ExecutionResult finish() {
        Optional<KernelEnd> end =
                Optional.ofNullable(kernel).filter(running -> !isTaken).map(KernelEnd::new);
        if (cells.isEmpty()) {
            cells = notebook.cells().stream()
                    .map(cell -> CellResult.notSent(CellStatus.NOT_RUN))
                    .toList();
        }
        recorder.ended(outcome, cells);
        Map<String, JsonNode> results = RecordedResults.of(notebook);
        write();
        recorder.written();
        return new ExecutionResult(
                outcome,
                Optional.ofNullable(error),
                cells,
                results,
                Optional.of(prepared.kernel().name()),
                Optional.ofNullable(kernel).map(Kernel::start),
                Optional.ofNullable(info),
                end.flatMap(KernelEnd::await),
                startTime,
                runTime,
                prepared.warnings());
    }

    private void write() {
        if (error != null && error.cell().isPresent()) {
            ErrorMarkers.add(notebook, notebook.cells().get(error.cell().getAsInt()));
        }
        try {
            output.result(notebook);
        } catch (IOException e) {
            fail(
                    Outcome.FAILED,
                    ExecutionError.ofNotebook(
                            "OutputNotWritten",
                            "the executed notebook could not be written to " + request.output() + ": " + e.getMessage()
                                    + "; make room there, and run it again"));
        } catch (OutOfMemoryError e) {
            fail(
                    Outcome.FAILED,
                    ExecutionError.ofNotebook(
                            "OutputNotWritten",
                            "the executed notebook could not be written to " + request.output() + ": "
                                    + HeapShortage.description()));
        }
    }
}
