package io.camelnotebook.component;

import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.notebook.NotebookFormatException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A notebook cannot be executed as asked, and nothing of it was run: sending the same again will not help. */
public abstract class NotebookNotExecutableException extends NotebookException {

    private static final long serialVersionUID = 1L;

    NotebookNotExecutableException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook, problem, exchange, cause);
    }

    static NotebookNotExecutableException of(String notebook, PreparationException e, Exchange exchange) {
        return switch (e.field()) {
            case "kernel" -> new UnknownKernelException(notebook, e.problem(), exchange, e);
            case "parameters" -> new InvalidParametersException(notebook, e.problem(), exchange, e);
            default ->
                e.getCause() instanceof NotebookFormatException
                        ? new InvalidNotebookException(notebook, e.problem(), exchange, e)
                        : new UnreadableNotebookException(notebook, e.problem(), exchange, e);
        };
    }
}
