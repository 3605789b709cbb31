package io.camelnotebook.component;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The message gives no parameters that the notebook could take. */
public final class InvalidParametersException extends NotebookNotExecutableException {

    private static final long serialVersionUID = 1L;

    InvalidParametersException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook, problem, exchange, cause);
    }
}
