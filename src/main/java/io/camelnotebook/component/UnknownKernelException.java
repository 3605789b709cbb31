package io.camelnotebook.component;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** No kernel has the name that the endpoint or the notebook says, or neither says one. */
public final class UnknownKernelException extends NotebookNotExecutableException {

    private static final long serialVersionUID = 1L;

    UnknownKernelException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook, problem, exchange, cause);
    }
}
