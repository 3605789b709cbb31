package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import org.apache.camel.Exchange;

/** The kernel was killed because it had more memory than the endpoint allows. */
public final class MemoryLimitException extends KernelDiedException {

    private static final long serialVersionUID = 1L;

    MemoryLimitException(String notebook, ExecutionResult result, ExecutedNotebook executed, Exchange exchange) {
        super(notebook, result, executed, exchange);
    }
}
