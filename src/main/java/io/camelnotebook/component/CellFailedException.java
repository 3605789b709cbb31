package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** A cell raised an error that the endpoint does not allow. */
public final class CellFailedException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    CellFailedException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
