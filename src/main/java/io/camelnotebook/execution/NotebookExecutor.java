package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelNotFoundException;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.KernelStartException;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.PrivateEnvironmentException;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.ErrorMarkers;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookFormatException;
import io.camelnotebook.notebook.NotebookReader;
import io.camelnotebook.notebook.NotebookWriter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Executes notebooks, each on a kernel of its own: reads one, gives it its parameters, starts the kernel, runs the
 * cells, and leaves the executed notebook behind, whatever happened. Thread-safe; one call executes one notebook.
 */
public final class NotebookExecutor {

    /** Time for what a notebook registered for its kernel's exit, before the kernel is killed. */
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private final LocalKernels kernels;
    private final Parameterization parameterization;
    private final Clock clock;

    /** An executor on the kernels of this machine. */
    public NotebookExecutor(LocalKernels kernels, Clock clock) {
        this.kernels = kernels;
        this.parameterization = new Parameterization(kernels);
        this.clock = clock;
    }

    /**
     * Reads a notebook, gives it its parameters and finds its kernel. Changes nothing outside.
     *
     * @throws PreparationException if the notebook cannot be executed as asked
     */
    public PreparedNotebook prepare(ExecutionRequest request) throws PreparationException {
        Notebook notebook = read(request.notebook());
        KernelSpec spec = kernel(request, notebook);
        List<String> warnings = parameterization.apply(notebook, request, spec);
        ErrorMarkers.remove(notebook);
        notebook.cells().forEach(Cell::clearOutputs);
        return new PreparedNotebook(request, notebook, spec, warnings);
    }

    private static Notebook read(Path file) throws PreparationException {
        try {
            return NotebookReader.read(file);
        } catch (NoSuchFileException e) {
            throw new PreparationException(file, "notebook", "there is no such notebook", e);
        } catch (NotebookFormatException e) {
            throw new PreparationException(file, "notebook", String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PreparationException(file, "notebook", "the notebook cannot be read: " + e, e);
        }
    }

    private KernelSpec kernel(ExecutionRequest request, Notebook notebook) throws PreparationException {
        Optional<String> name =
                request.kernel().filter(given -> !given.isEmpty()).or(notebook::kernelName);
        if (name.isEmpty()) {
            throw new PreparationException(
                    request.notebook(),
                    "kernel",
                    "the notebook does not name a kernel (metadata.kernelspec.name); say which one with 'kernel: NAME'"
                            + " in the config, or with -k NAME",
                    null);
        }
        try {
            return kernels.specs().require(name.get());
        } catch (KernelNotFoundException | PrivateEnvironmentException e) {
            throw new PreparationException(request.notebook(), "kernel", String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Writes a prepared notebook to where its request says, without running anything.
     *
     * @throws PreparationException if that cannot be written
     */
    public void write(PreparedNotebook prepared) throws PreparationException {
        new NotebookRecorder(prepared.notebook(), ExecutionListener.NONE, clock).prepared(prepared.request());
        try {
            save(prepared, Durability.MACHINE_CRASH);
        } catch (IOException e) {
            throw new PreparationException(
                    prepared.request().output(), "output", "the notebook cannot be written: " + e, e);
        }
    }

    private static void save(PreparedNotebook prepared, Durability durability) throws IOException {
        AtomicFile.write(
                prepared.request().output(), durability, out -> NotebookWriter.write(prepared.notebook(), out));
    }

    /**
     * Executes a prepared notebook and writes it to where the request says; also when it fails.
     *
     * @param cancellation may ask for an early end, from any thread
     */
    public ExecutionResult execute(PreparedNotebook prepared, ExecutionListener listener, Cancellation cancellation) {
        NotebookRecorder recorder = new NotebookRecorder(prepared.notebook(), listener, clock);
        recorder.prepared(prepared.request());
        Attempt attempt = new Attempt(prepared, recorder, cancellation);
        attempt.run();
        return attempt.finish();
    }

    /** One execution: what is known about it so far. */
    private final class Attempt {

        private final PreparedNotebook prepared;
        private final ExecutionRequest request;
        private final Notebook notebook;
        private final NotebookRecorder recorder;
        private final Cancellation cancellation;
        private Outcome outcome = Outcome.SUCCEEDED;
        private @Nullable ExecutionError error;
        private List<CellResult> cells = List.of();
        private @Nullable Kernel kernel;
        private @Nullable KernelInfo info;
        private Duration startTime = Duration.ZERO;
        private Duration runTime = Duration.ZERO;

        Attempt(PreparedNotebook prepared, NotebookRecorder recorder, Cancellation cancellation) {
            this.prepared = prepared;
            this.request = prepared.request();
            this.notebook = prepared.notebook();
            this.recorder = recorder;
            this.cancellation = cancellation;
        }

        void run() {
            if (cancellation.isRequested()) {
                cancelled();
                return;
            }
            long start = System.nanoTime();
            Thread thread = Thread.currentThread();
            cancellation.onRequest(thread::interrupt);
            try {
                Kernel started = kernels.start(new KernelRequest(
                        prepared.kernel(), request.directory(), request.environment(), request.startTimeout()));
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
                    fail(
                            Outcome.FAILED,
                            ExecutionError.ours(
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    "KernelStart",
                                    String.valueOf(e.getMessage())));
                }
            } catch (InterruptedException e) {
                cancelled();
            } finally {
                cancellation.onRequest(null);
                // An interrupt that came too late to be noticed would break the saving of the notebook.
                Thread.interrupted();
                runTime = Duration.ofNanos(System.nanoTime() - start).minus(startTime);
            }
        }

        private void runCells(Kernel started) throws InterruptedException {
            Autosave autosave = new Autosave(
                    () -> save(prepared, Durability.PROCESS_CRASH), request.autosaveInterval(), System::nanoTime);
            NotebookExecution execution =
                    new NotebookExecution(notebook, started, request.options(), autosave, recorder);
            cancellation.onRequest(execution::cancel);
            cells = execution.run();
            Optional<CellResult> stopper =
                    cells.stream().filter(CellResult::stops).findFirst();
            if (stopper.isPresent()) {
                fail(outcome(stopper.get().status()), stopper.get().error().orElse(null));
            } else {
                execution
                        .stopped()
                        .ifPresent(status -> fail(
                                outcome(status),
                                ExecutionError.ours(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        "Stopped",
                                        "the notebook was stopped between two cells")));
            }
        }

        private void cancelled() {
            fail(
                    Outcome.CANCELLED,
                    ExecutionError.ours(
                            OptionalInt.empty(), OptionalInt.empty(), "Cancelled", "the job was cancelled"));
        }

        private void fail(Outcome how, @Nullable ExecutionError why) {
            outcome = how;
            error = how == Outcome.SUCCEEDED ? null : why;
        }

        ExecutionResult finish() {
            if (kernel != null) {
                kernel.requestShutdown();
            }
            if (cells.isEmpty()) {
                cells = notebook.cells().stream()
                        .map(cell -> CellResult.notSent(CellStatus.NOT_RUN))
                        .toList();
            }
            recorder.ended(outcome, cells);
            Map<String, JsonNode> results = RecordedResults.of(notebook);
            writeFinal();
            Optional<KernelExit> exit = kernel == null ? Optional.empty() : end(kernel);
            return new ExecutionResult(
                    outcome,
                    Optional.ofNullable(error),
                    cells,
                    results,
                    Optional.of(prepared.kernel().name()),
                    Optional.ofNullable(info),
                    exit,
                    startTime,
                    runTime,
                    prepared.warnings());
        }

        private void writeFinal() {
            if (error != null && error.cell().isPresent()) {
                ErrorMarkers.add(notebook, notebook.cells().get(error.cell().getAsInt()));
            }
            try {
                save(prepared, Durability.MACHINE_CRASH);
            } catch (IOException e) {
                fail(
                        Outcome.FAILED,
                        ExecutionError.ours(
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                "OutputNotWritten",
                                "the executed notebook could not be written to " + request.output() + ": "
                                        + e.getMessage()));
            }
        }

        private Optional<KernelExit> end(Kernel running) {
            try {
                return Optional.of(running.exit().get(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                running.kill();
                return Optional.ofNullable(running.exit().join());
            } catch (ExecutionException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } finally {
                running.close();
            }
        }
    }

    private static Outcome outcome(CellStatus status) {
        return switch (status) {
            case COMPLETED, SKIPPED, NOT_RUN -> Outcome.SUCCEEDED;
            case FAILED -> Outcome.FAILED;
            case TIMED_OUT -> Outcome.TIMED_OUT;
            case KERNEL_DIED -> Outcome.KERNEL_DIED;
            case CANCELLED -> Outcome.CANCELLED;
        };
    }
}
