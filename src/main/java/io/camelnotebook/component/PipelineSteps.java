package io.camelnotebook.component;

import io.camelnotebook.entrance.ReceivedConfigs;
import io.camelnotebook.entrance.ReceivedName;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineReader;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Redo;
import io.camelnotebook.run.RunOrigin;
import io.camelnotebook.run.RunSummary;
import io.camelnotebook.run.Runs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the routes from a config file to its jobs, and at last to the end of its run. Thread-safe. */
public final class PipelineSteps {

    /** The exchange property for what a run is begun for: a {@link RunOrigin}. */
    public static final String ORIGIN = "CamelNotebookOrigin";

    /** The exchange property for a run that is to go on: a {@link Resume}. */
    public static final String RESUME = "CamelNotebookResume";

    /** A run that is to go on with the pipeline of the message. */
    public record Resume(String run, Redo redo) {}

    private static final Logger LOG = LoggerFactory.getLogger(PipelineSteps.class);
    private static final String END = "CamelNotebookRunEnd";

    private final Path configs;
    private final PipelineReader reader;
    private final ReceivedConfigs received;
    private final Runs runs;

    /**
     * Steps of the given runs.
     *
     * @param configs the folder that is watched
     * @param received reads the configs in it that came as messages
     */
    public PipelineSteps(Path configs, PipelineReader reader, ReceivedConfigs received, Runs runs) {
        this.configs = configs;
        this.reader = reader;
        this.received = received;
        this.runs = runs;
    }

    /**
     * Reads a config file that a watcher has claimed, and checks it.
     *
     * @param claim the name it has since then
     * @throws io.camelnotebook.pipeline.ConfigException with every problem that it has; nothing was run
     */
    public Pipeline read(@Body File claimed, @Header(Exchange.FILE_NAME_ONLY) String claim, Exchange exchange)
            throws IOException {
        RunOrigin origin = new RunOrigin(Checksum.ofFile(claimed.toPath()), Claims.firstName(claim), Map.of());
        Optional<ReceivedName> name = ReceivedName.of(Claims.originalName(claim));
        if (name.isPresent()) {
            exchange.setProperty(ORIGIN, origin.withCorrelation(received.correlation(name.get())));
            return received.read(claimed.toPath(), name.get());
        }
        exchange.setProperty(ORIGIN, origin);
        return reader.read(claimed.toPath(), configs.resolve(Claims.originalName(claim)), Map.of());
    }

    /** Begins a run of a pipeline, or goes on with one: the message belongs to it from now on. */
    public void start(Exchange exchange) throws InvalidPayloadException {
        Pipeline pipeline = exchange.getMessage().getMandatoryBody(Pipeline.class);
        Resume resume = exchange.getProperty(RESUME, Resume.class);
        RunOrigin origin = exchange.getProperty(ORIGIN, RunOrigin.UNKNOWN, RunOrigin.class);
        String run = resume == null ? runs.start(pipeline, origin) : runs.resume(resume.run(), pipeline, resume.redo());
        exchange.getMessage().setHeader(NotebookConstants.RUN, run);
        exchange.setProperty(END, runs.end(run));
    }

    /** How jobs of the message's run ended before it went on here, and of which not all is published. */
    public List<JobResult> unpublished(@Header(NotebookConstants.RUN) String run) {
        return runs.unpublished(run);
    }

    /** Takes the jobs of the message's run that are ready now. */
    public List<JobMessage> next(@Header(NotebookConstants.RUN) String run) {
        return runs.next(run);
    }

    /**
     * Whether a job that comes from the queue is to be executed. What an engine has sent that was killed is not, nor what comes a
     * second time.
     */
    public boolean takes(@Body JobMessage job) {
        boolean takes = runs.takes(job);
        if (!takes) {
            LOG.warn(
                    "Left out: job {} of run {}, sent to the queue at {}; its run does not go on here, or it came a second time",
                    job.job(),
                    job.run(),
                    job.queued());
        }
        return takes;
    }

    /** The message's run cannot go on, because a step of it broke: it ends with that error. */
    public void fail(
            @Header(NotebookConstants.RUN) String run, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        runs.fail(run, cause);
    }

    /**
     * Waits for the end of the message's run, without a thread. The body is its summary then; the message fails if a job
     * did not succeed, or a destination could not be reached.
     */
    public static final class End extends AsyncProcessorSupport {

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            CompletableFuture<?> end = exchange.getProperty(END, CompletableFuture.class);
            if (end == null) {
                exchange.setException(new IllegalStateException("the message belongs to no run"));
                callback.done(true);
                return true;
            }
            end.whenComplete((summary, failure) -> {
                exchange.getMessage().setBody(summary);
                if (failure != null) {
                    exchange.setException(failure);
                } else if (summary instanceof RunSummary run && !run.isFlawless()) {
                    exchange.setException(new RunFailedException(run));
                }
                callback.done(false);
            });
            return false;
        }
    }
}
