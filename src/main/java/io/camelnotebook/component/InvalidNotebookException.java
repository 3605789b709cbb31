package io.camelnotebook.component;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What was read is no notebook. */
public final class InvalidNotebookException extends NotebookNotExecutableException {

    private static final long serialVersionUID = 1L;

    InvalidNotebookException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook, problem, exchange, cause);
    }
}
