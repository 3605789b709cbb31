package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The notebook was executed, but could not be written to where it is to go. */
public final class OutputNotWrittenException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    OutputNotWrittenException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
