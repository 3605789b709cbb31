package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionError;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/** The execution of a notebook began and did not succeed. Its subclasses say how it ended. */
public abstract class NotebookExecutionException extends NotebookException {

    private static final long serialVersionUID = 1L;

    private final transient ExecutionResult result;
    private final transient ExecutedNotebook executed;

    NotebookExecutionException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, problem(result), exchange, null);
        this.result = result;
        this.executed = executed;
    }

    private static String problem(ExecutionResult result) {
        String cell = result.error().stream()
                .flatMapToInt(error -> error.cell().stream())
                .mapToObj(index -> " in cell " + (index + 1))
                .findFirst()
                .orElse("");
        return result.outcome().jsonName().replace('_', ' ')
                + cell
                + result.error().map(error -> ": " + error.summary()).orElse("");
    }

    static NotebookExecutionException of(
            String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        String error = result.error().map(ExecutionError::name).orElse("");
        boolean noCell =
                result.error().flatMap(NotebookExecutionException::cell).isEmpty();
        return switch (result.outcome()) {
            case TIMED_OUT -> new NotebookTimeoutException(notebook, result, executed, exchange);
            case CANCELLED -> new NotebookCancelledException(notebook, result, executed, exchange);
            case KERNEL_DIED ->
                error.equals("MemoryLimit")
                        ? new MemoryLimitException(notebook, result, executed, exchange)
                        : new KernelDiedException(notebook, result, executed, exchange);
            case FAILED, SUCCEEDED -> {
                if (noCell && error.equals("KernelStart")) {
                    yield new KernelStartFailedException(notebook, result, executed, exchange);
                }
                if (noCell && error.equals("OutputNotWritten")) {
                    yield new OutputNotWrittenException(notebook, result, executed, exchange);
                }
                yield new CellFailedException(notebook, result, executed, exchange);
            }
        };
    }

    private static Optional<Integer> cell(ExecutionError error) {
        return error.cell().isPresent() ? Optional.of(error.cell().getAsInt()) : Optional.empty();
    }

    /** The index of the cell, from 0; empty if no cell was at fault. */
    public OptionalInt cell() {
        return result.error().map(ExecutionError::cell).orElse(OptionalInt.empty());
    }

    /** The kind of error: an exception's class in the notebook's language, or ours, such as {@code CellTimeout}. */
    public String errorName() {
        return result.error().map(ExecutionError::name).orElse("");
    }

    /** What the error says; may be empty. */
    public String errorMessage() {
        return result.error().map(ExecutionError::message).orElse("");
    }

    /** The kernel's lines, with colours as terminal escapes; may be empty. */
    public List<String> traceback() {
        return result.error().map(ExecutionError::traceback).orElse(List.of());
    }

    /** The name of the kernel. */
    public String kernel() {
        return result.kernelName().orElse("");
    }

    /** How it ended, in one word. */
    public Outcome outcome() {
        return result.outcome();
    }

    /** All that is known of the execution. */
    public ExecutionResult result() {
        return result;
    }

    /** The file with the executed notebook, which shows the error; empty if the endpoint has none. */
    public Optional<Path> output() {
        return executed.file();
    }

    /** The executed notebook, which shows the error, as long as the exchange is there; null if it was not written. */
    public @Nullable StreamCache executedNotebook() {
        return executed.stream();
    }
}
