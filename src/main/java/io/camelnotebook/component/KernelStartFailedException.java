package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The kernel did not start; the message says what it printed. */
public final class KernelStartFailedException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    KernelStartFailedException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
