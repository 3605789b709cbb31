package io.camelnotebook.component;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.publish.MetadataRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the endpoint's notebook with the parameters of an exchange when a kernel's slot is free, without holding the
 * caller's thread. The exchange goes on after its slot is free again, on the thread that executed it.
 */
final class NotebookProducer extends DefaultAsyncProducer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotebookEndpoint endpoint;
    private final NotebookConfiguration options;
    private final NotebookSource source;

    NotebookProducer(NotebookEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        options = endpoint.getConfiguration();
        source = new NotebookSource(
                endpoint.getCamelContext(), endpoint.getPath(), options.getSource(), options.getSourceTimeout());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            ExecutedNotebook output = options.getOutput().isEmpty()
                    ? new ExecutedNotebook.InStream(exchange)
                    : new ExecutedNotebook.InFile(Path.of(options.getOutput()));
            EndpointExecution execution = new EndpointExecution(
                    endpoint,
                    source,
                    MessageParameters.of(endpoint.getPath(), exchange, options.isBodyParameters()),
                    output,
                    exchange);
            endpoint.getComponent()
                    .engine()
                    .submit(options.getPriority(), options.memoryBytes().orElse(0), execution)
                    .whenComplete((result, failure) -> finish(exchange, callback, execution, output, result, failure));
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private void finish(
            Exchange exchange,
            AsyncCallback callback,
            EndpointExecution execution,
            ExecutedNotebook output,
            ExecutionResult result,
            @Nullable Throwable failure) {
        try {
            if (failure != null) {
                exchange.setException(notExecuted(exchange, failure));
            } else {
                answer(exchange, execution, output, result);
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
        } finally {
            callback.done(false);
        }
    }

    private Throwable notExecuted(Exchange exchange, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof PreparationException e) {
            return NotebookNotExecutableException.of(endpoint.getPath(), e, exchange);
        }
        if (cause instanceof IOException e) {
            return new UnreadableNotebookException(
                    endpoint.getPath(), "it cannot be read: " + e.getMessage(), exchange, e);
        }
        return cause;
    }

    private void answer(
            Exchange exchange, EndpointExecution execution, ExecutedNotebook output, ExecutionResult result) {
        Message message = exchange.getMessage();
        message.setHeader(NotebookConstants.STATUS, result.outcome().jsonName());
        result.kernelName().ifPresent(kernel -> message.setHeader(NotebookConstants.KERNEL, kernel));
        output.file().ifPresent(file -> message.setHeader(NotebookConstants.OUTPUT, file.toString()));
        if (result.outcome() != Outcome.SUCCEEDED) {
            exchange.setException(NotebookExecutionException.of(endpoint.getPath(), result, output, exchange));
            return;
        }
        message.setBody(
                switch (options.getBody()) {
                    case NOTEBOOK -> output.stream();
                    case PATH -> output.file().map(Path::toString).orElseThrow();
                    case RESULTS -> result.results();
                    case METADATA -> metadata(execution, result);
                });
    }

    private Map<?, ?> metadata(EndpointExecution execution, ExecutionResult result) {
        Optional<String> commit = execution
                .localNotebook()
                .flatMap(notebook -> endpoint.getComponent().commits().of(notebook));
        return JSON.convertValue(MetadataRecord.of(execution.record(result, commit)), Map.class);
    }
}
