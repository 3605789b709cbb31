package io.camelnotebook.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.execution.Cancellation;
import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.ExecutionResult;
import io.camelnotebook.execution.KernelWork;
import io.camelnotebook.execution.NotebookExecutor;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.JobState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The execution of an endpoint's notebook for one exchange, as work that needs a kernel. */
final class EndpointExecution implements KernelWork<ExecutionResult> {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointExecution.class);

    /** What papermill calls an output that is no file. */
    private static final Path STREAM = Path.of("-");

    private final NotebookExecutor executor;
    private final NotebookEvents events;
    private final ExecutionObserver observer;
    private final NotebookSource source;
    private final ExecutedNotebook output;
    private final ExecutionRequest request;
    private final JobMessage job;
    private final Clock clock = Clock.systemUTC();
    private Instant started = Instant.EPOCH;
    private Instant ended = Instant.EPOCH;

    EndpointExecution(
            NotebookEndpoint endpoint,
            NotebookSource source,
            Map<String, JsonNode> parameters,
            ExecutedNotebook output,
            Exchange exchange) {
        this.executor = endpoint.getComponent().engine().executor();
        this.events = endpoint.getComponent().events();
        this.observer = endpoint.getComponent().observer();
        this.source = source;
        this.output = output;
        NotebookConfiguration options = endpoint.getConfiguration();
        Long memory = options.memoryBytes().isPresent() ? options.memoryBytes().getAsLong() : null;
        request = new ExecutionRequest(
                Path.of(endpoint.getPath()),
                output.file().orElse(STREAM),
                parameters,
                Optional.of(options.getKernel()).filter(name -> !name.isEmpty()),
                Path.of(options.getDirectory()).toAbsolutePath(),
                JobShare.environment(Map.of(), memory, null),
                options.isStrictParameters(),
                KernelRequest.DEFAULT_START_TIMEOUT,
                ExecutionRequest.DEFAULT_AUTOSAVE_INTERVAL,
                options.executionOptions());
        job = EndpointJob.of(exchange, endpoint.getPath(), request, options.getPriority(), output.file());
    }

    /** What is told of it, without secrets; after it has run. */
    JobResult record(ExecutionResult result, Optional<String> gitCommit) {
        return new JobResults(job, started, gitCommit).of(result, null, ended).withoutSecrets();
    }

    private JobResult notExecutable(Exception e) {
        return new JobResults(job, started, Optional.empty())
                .impossible("NotExecutable", String.valueOf(e.getMessage()), clock.instant())
                .withoutSecrets();
    }

    /** The folder that a git repository may be around; empty if the notebook is in no local file. */
    Optional<Path> localNotebook() {
        return source.isRemote() ? Optional.empty() : Optional.of(request.notebook());
    }

    @Override
    public ExecutionResult run(Cancellation cancellation, Runnable kernelEnds) {
        started = clock.instant();
        events.jobStarted(job);
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void cellEnded(int index, CellResult result) {
                events.cellEnded(job, index, result);
            }

            @Override
            public void written() {
                kernelEnds.run();
            }
        };
        try {
            ExecutionResult result = executor.execute(prepared(), output, listener, cancellation);
            ended = clock.instant();
            observer.executed(result);
            observer.ended(result.outcome().jsonName(), result.kernelName(), Duration.between(started, ended));
            events.jobEnded(() -> record(result, Optional.empty()));
            return result;
        } catch (PreparationException | IOException e) {
            observer.ended(JobState.FAILED.jsonName(), Optional.empty(), Duration.between(started, clock.instant()));
            events.jobEnded(() -> notExecutable(e));
            throw new CompletionException(e);
        }
    }

    private PreparedNotebook prepared() throws PreparationException, IOException {
        return source.isRemote() ? executor.prepare(request, source.read()) : executor.prepare(request);
    }

    /** Only for a local file: another is read once, when it is its turn. */
    @Override
    public void isNext(BooleanSupplier waits) {
        if (source.isRemote()) {
            return;
        }
        try {
            executor.startNext(executor.prepare(request), waits);
        } catch (PreparationException e) {
            LOG.debug("No kernel is started ahead: {}", e.getMessage());
        }
    }
}
