package io.camelnotebook.component;

import io.camelnotebook.execution.MachineMemory;
import io.camelnotebook.execution.NotebookEngine;
import io.camelnotebook.execution.PreparationException;
import io.camelnotebook.kernel.KernelTransport;
import io.camelnotebook.kernel.LocalKernels;
import io.camelnotebook.kernel.StartMode;
import io.camelnotebook.run.JobCache;
import io.camelnotebook.run.JobMessage;
import io.camelnotebook.run.JobResult;
import io.camelnotebook.run.Reusable;
import io.camelnotebook.run.RunListener;
import io.camelnotebook.run.RunListeners;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code notebook} component: executes Jupyter notebooks, each in its own kernel process, and tells what happens. The number of kernels alive
 * at once is bounded across all endpoints.
 */
@Component(NotebookConstants.SCHEME)
public class NotebookComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(NotebookComponent.class);

    @Metadata(
            description =
                    "How many kernels may be alive at once, across all endpoints. The number of cores by default.")
    private int kernels = Runtime.getRuntime().availableProcessors();

    @Metadata(
            defaultValue = "FORK",
            description = "How kernels are started where they can be: as forks of a prepared process, ahead of time, or"
                    + " afresh.")
    private StartMode kernelStart = StartMode.FORK;

    @Metadata(
            label = "advanced",
            defaultValue = "SOCKET",
            description = "What carries the messages of forked kernels: one Unix domain socket for each, or ZeroMQ.")
    private KernelTransport kernelTransport = KernelTransport.SOCKET;

    @Metadata(
            description =
                    "How many kernels may wait for the next notebooks, where they are started ahead of time one by one."
                            + " As many as may be alive by default.")
    private int warmKernels;

    @Metadata(
            description =
                    "How many bytes all kernels may have together, of what their jobs say they need. Nine tenths of the"
                            + " memory of the machine, or of the container, by default.")
    private long memory = MachineMemory.forNotebooks();

    @Metadata(label = "advanced", autowired = true, description = "Hears how jobs go on.")
    private JobListener jobListener = JobListener.NONE;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "Knows the jobs that have succeeded, so that one with the same code, parameters and inputs need"
                            + " not run again.")
    private JobCache jobCache = JobCache.NONE;

    private final Clock clock = Clock.systemUTC();
    private final GitCommits commits = new GitCommits();
    private final NotebookEvents events = new NotebookEvents(clock);
    private @Nullable LocalKernels givenKernels;
    private @Nullable LocalKernels localKernels;
    private @Nullable NotebookEngine engine;
    private @Nullable JobExecutor jobExecutor;
    private @Nullable Monitoring monitoring;
    private @Nullable ExecutorService threads;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isBlank()) {
            throw new IllegalArgumentException(
                    "notebook: needs the path of a notebook after it, such as notebook:score.ipynb");
        }
        NotebookEndpoint endpoint = new NotebookEndpoint(uri, this);
        endpoint.setPath(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        threads = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "Notebook");
        localKernels =
                givenKernels == null ? localKernels(kernelStart, kernelTransport, kernels, warmKernels) : givenKernels;
        engine = new NotebookEngine(localKernels, kernels, memory, threads, clock);
        monitoring = new Monitoring(this, clock);
        jobExecutor = new JobExecutor(
                engine.executor(), engine.kept(), memory, jobCache, jobListener, events, monitoring, clock);
    }

    /**
     * The kernels of this machine, as a component with these settings has them.
     *
     * @param warmKernels how many may wait for notebooks; as many as there are kernels if it is 0
     */
    public static LocalKernels localKernels(
            StartMode kernelStart, KernelTransport kernelTransport, int kernels, int warmKernels) {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / kernels);
        int spares = warmKernels == 0 ? kernels : warmKernels;
        return new LocalKernels(List.of(), kernelStart, kernelTransport, threads, spares, Clock.systemUTC(), LOG::warn);
    }

    /** Gives it kernels, so that they can be started before Camel is. It closes them when it stops. */
    public void useKernels(LocalKernels given) {
        givenKernels = given;
    }

    @Override
    protected void doStop() throws Exception {
        if (engine != null) {
            engine.cancelAll();
        }
        if (threads != null) {
            getCamelContext().getExecutorServiceManager().shutdownGraceful(threads);
        }
        if (localKernels != null) {
            localKernels.close();
        }
        if (monitoring != null) {
            monitoring.close();
        }
        super.doStop();
    }

    /** What executes the notebooks of all endpoints. */
    public NotebookEngine engine() {
        return started(engine);
    }

    NotebookEvents events() {
        return events;
    }

    /**
     * Hands what happens to runs to the consumers of events, beside the jobs and cells that this component executes, and ends
     * the kernels of jobs that have ended.
     */
    public RunListener runListener() {
        return new RunListeners(List.of(events.runs(), new RunListener() {
            @Override
            public void jobEnded(JobResult result) {
                if (result.job().map() != null && engine != null) {
                    engine.kept().end(ChunkExecutor.owner(result.job()));
                }
            }
        }));
    }

    GitCommits commits() {
        return commits;
    }

    JobExecutor jobExecutor() {
        return started(jobExecutor);
    }

    /** Is to hear of every execution. */
    ExecutionObserver observer() {
        return started(monitoring);
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the notebook component has not been started");
        }
        return part;
    }

    public int getKernels() {
        return kernels;
    }

    public void setKernels(int kernels) {
        if (kernels < 1) {
            throw new IllegalArgumentException("kernels must be at least 1, not " + kernels);
        }
        this.kernels = kernels;
    }

    public KernelTransport getKernelTransport() {
        return kernelTransport;
    }

    public void setKernelTransport(KernelTransport kernelTransport) {
        this.kernelTransport = kernelTransport;
    }

    public StartMode getKernelStart() {
        return kernelStart;
    }

    public void setKernelStart(StartMode kernelStart) {
        this.kernelStart = kernelStart;
    }

    public long getMemory() {
        return memory;
    }

    public void setMemory(long memory) {
        if (memory < 1) {
            throw new IllegalArgumentException("memory must be at least 1 byte, not " + memory);
        }
        this.memory = memory;
    }

    public int getWarmKernels() {
        return warmKernels;
    }

    public void setWarmKernels(int warmKernels) {
        if (warmKernels < 0) {
            throw new IllegalArgumentException("warmKernels must be at least 0, not " + warmKernels);
        }
        this.warmKernels = warmKernels;
    }

    /**
     * The earlier job that may stand for one; empty also if the job could not be executed at all. The component must have
     * been started.
     */
    public Optional<Reusable> earlier(JobMessage job) {
        try {
            return jobExecutor().earlier(job);
        } catch (PreparationException e) {
            return Optional.empty();
        }
    }

    public JobCache getJobCache() {
        return jobCache;
    }

    public void setJobCache(JobCache jobCache) {
        this.jobCache = jobCache;
    }

    public JobListener getJobListener() {
        return jobListener;
    }

    public void setJobListener(JobListener jobListener) {
        this.jobListener = jobListener;
    }
}
