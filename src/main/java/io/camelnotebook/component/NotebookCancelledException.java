package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The application stopped before the notebook had ended. */
public final class NotebookCancelledException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    NotebookCancelledException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
