package io.camelnotebook.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.KernelWork;
import io.camelnotebook.execution.NotebookEngine;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.Outcome;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the notebook of an exchange when a kernel's slot is free, without holding the caller's thread. The exchange
 * goes on after its slot is free again, on the thread that executed it.
 */
final class NotebookProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(NotebookProducer.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotebookEndpoint endpoint;

    NotebookProducer(NotebookEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            if (endpoint.getPath().equals(NotebookEndpoint.FROM_MESSAGE)) {
                executeJob(exchange, callback);
            } else {
                executeNotebook(exchange, callback);
            }
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private void executeJob(Exchange exchange, AsyncCallback callback) throws Exception {
        JobMessage job = exchange.getMessage().getMandatoryBody(JobMessage.class);
        JobExecutor executor = endpoint.getComponent().jobExecutor();
        engine().submit(job.priority(), job.memoryBytes() == null ? 0 : job.memoryBytes(), executor.work(job))
                .whenComplete((result, failure) -> finish(exchange, callback, failure, () -> answer(exchange, result)));
    }

    private static void answer(Exchange exchange, JobResult result) {
        Message message = exchange.getMessage();
        message.setBody(result);
        message.setHeader(NotebookConstants.RUN, result.job().run());
        message.setHeader(NotebookConstants.JOB, result.job().job());
        message.setHeader(NotebookConstants.STATUS, result.state());
        message.setHeader(NotebookConstants.OUTPUT, result.job().output());
    }

    private void executeNotebook(Exchange exchange, AsyncCallback callback) {
        ExecutionRequest request = request(exchange);
        engine().submit(0, 0, work(request))
                .whenComplete((result, failure) ->
                        finish(exchange, callback, failure, () -> answer(exchange, request, result)));
    }

    private KernelWork<ExecutionResult> work(ExecutionRequest request) {
        return new KernelWork<>() {
            @Override
            public ExecutionResult run(Cancellation cancellation, Runnable kernelEnds) {
                return execute(request, cancellation, kernelEnds);
            }

            @Override
            public void isNext(BooleanSupplier waits) {
                NotebookExecutor executor = engine().executor();
                try {
                    executor.startNext(executor.prepare(request), waits);
                } catch (PreparationException e) {
                    LOG.debug("No kernel is started ahead: {}", e.getMessage());
                }
            }
        };
    }

    private ExecutionResult execute(ExecutionRequest request, Cancellation cancellation, Runnable kernelEnds) {
        NotebookExecutor executor = engine().executor();
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void written() {
                kernelEnds.run();
            }
        };
        try {
            return executor.execute(executor.prepare(request), listener, cancellation);
        } catch (PreparationException e) {
            throw new CompletionException(e);
        }
    }

    private static void answer(Exchange exchange, ExecutionRequest request, ExecutionResult result) {
        Message message = exchange.getMessage();
        message.setHeader(NotebookConstants.STATUS, result.outcome().jsonName());
        message.setHeader(NotebookConstants.OUTPUT, request.output().toString());
        if (result.outcome() == Outcome.SUCCEEDED) {
            message.setBody(result.results());
        } else {
            exchange.setException(new NotebookExecutionException(request.notebook(), result, exchange));
        }
    }

    private ExecutionRequest request(Exchange exchange) {
        Path notebook = Path.of(endpoint.getPath());
        String output = endpoint.getOutput().isEmpty()
                ? endpoint.getPath().replaceFirst("(\\.ipynb)?$", "_executed.ipynb")
                : endpoint.getOutput();
        return new ExecutionRequest(
                notebook,
                Path.of(output),
                parameters(exchange),
                Optional.of(endpoint.getKernel()).filter(name -> !name.isEmpty()),
                Path.of("").toAbsolutePath(),
                Map.of(),
                false,
                KernelRequest.DEFAULT_START_TIMEOUT,
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                new ExecutionOptions(
                        limit(endpoint.getTimeout()),
                        limit(endpoint.getCellTimeout()),
                        endpoint.isAllowErrors(),
                        ExecutionOptions.DEFAULT.interruptGrace(),
                        ExecutionOptions.DEFAULT.terminateGrace()));
    }

    private static Optional<Duration> limit(long millis) {
        return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    }

    private static Map<String, JsonNode> parameters(Exchange exchange) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        if (exchange.getMessage().getBody() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> parameters.put(String.valueOf(name), JSON.valueToTree(value)));
        }
        return parameters;
    }

    private NotebookEngine engine() {
        return endpoint.getComponent().engine();
    }

    private static void finish(
            Exchange exchange, AsyncCallback callback, @Nullable Throwable failure, Runnable answer) {
        if (failure == null) {
            answer.run();
        } else {
            exchange.setException(
                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure);
        }
        callback.done(false);
    }
}
