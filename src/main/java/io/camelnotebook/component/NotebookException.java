package io.camelnotebook.component;

import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The notebook of an endpoint did not do what the route asked for. Its subclasses say why. */
public abstract class NotebookException extends CamelExchangeException {

    private static final long serialVersionUID = 1L;

    private final String notebook;

    @SuppressWarnings("this-escape")
    NotebookException(String notebook, String problem, Exchange exchange, @Nullable Throwable cause) {
        super(notebook + ": " + problem, exchange);
        this.notebook = notebook;
        if (cause != null) {
            // Given to the constructor, it would be in the message a second time.
            initCause(cause);
        }
    }

    /** The notebook, as the endpoint names it. */
    public String notebook() {
        return notebook;
    }
}
