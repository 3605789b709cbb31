package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import java.nio.file.Path;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;

/** A notebook was executed and did not succeed. The executed notebook is there, with the error in it. */
public final class NotebookExecutionException extends CamelExchangeException {

    private static final long serialVersionUID = 1L;

    private final transient ExecutionResult result;

    NotebookExecutionException(Path notebook, ExecutionResult result, Exchange exchange) {
        super(
                notebook + " " + result.outcome().jsonName()
                        + result.error().map(error -> ": " + error.summary()).orElse(""),
                exchange);
        this.result = result;
    }

    /** How it ended. */
    public ExecutionResult result() {
        return result;
    }
}
