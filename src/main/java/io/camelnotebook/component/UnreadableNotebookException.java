package io.camelnotebook.component;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** There is no such notebook, or it cannot be read now. */
public final class UnreadableNotebookException extends NotebookNotExecutableException {

    private static final long serialVersionUID = 1L;

    UnreadableNotebookException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook, problem, exchange, cause);
    }
}
