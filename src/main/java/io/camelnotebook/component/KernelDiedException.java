package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The kernel's process ended before the notebook did. */
public class KernelDiedException extends NotebookExecutionException {

    private static final long serialVersionUID = 1L;

    KernelDiedException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
