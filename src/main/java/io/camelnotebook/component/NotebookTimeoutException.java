package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The time of a cell, or of the whole notebook, was over. */
public final class NotebookTimeoutException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    NotebookTimeoutException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
