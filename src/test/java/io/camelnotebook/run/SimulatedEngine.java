package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.publish.ResultsTables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the routes do with {@link Runs}, a step at a time: which of the steps that are possible is next is random, and it may be
 * killed before any of them, and between what is written in the ledger and what is heard of it.
 */
final class SimulatedEngine {

    /** Nothing of the engine goes on. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final List<String> FILES = List.of("n.ipynb", "n.json");
    private static final String DESTINATION = "file:shared";

    private final RandomPipeline plan;
    private final Pipeline pipeline;
    private final Ledger ledger;
    private final World world;
    private final Random random;
    private final Runs runs;
    private final int mostInFlight;
    private final List<Runnable> steps = new ArrayList<>();
    private String run = "";
    private int inFlight;
    private int life;

    /** @param life the moments until it is killed */
    SimulatedEngine(
            RandomPipeline plan, Pipeline pipeline, Ledger ledger, Path outputs, World world, Random random, int life) {
        this.plan = plan;
        this.pipeline = pipeline;
        this.ledger = ledger;
        this.world = world;
        this.random = random;
        this.life = life;
        int window = 1 + random.nextInt(6);
        mostInFlight = Math.min(window, pipeline.maxParallel().orElse(window));
        RunListener listener = new RunListeners(List.of(
                new Mortal(), new ResultsTables(ledger, outputs, new AtomicLong()::incrementAndGet), new Heard()));
        runs = new Runs(
                ledger,
                outputs,
                Path.of("/work"),
                window,
                window,
                RandomPipeline.USUAL_RETRIES,
                listener,
                Clock.systemUTC());
    }

    /** A moment before which the engine may be killed. */
    private void moment() {
        if (life-- == 0) {
            throw new Killed();
        }
    }

    /** Begins the run of a claimed config file, or goes on with it, and gives its id when it is over. */
    String run(RunOrigin origin) {
        moment();
        run = runs.start(pipeline, origin);
        CompletableFuture<RunSummary> end = runs.end(run);
        for (JobResult result : runs.unpublished(run)) {
            steps.add(() -> deliver(result, 0));
        }
        steps.add(this::next);
        while (!end.isDone()) {
            assertThat(steps).as("what a run that is not over could do next").isNotEmpty();
            moment();
            steps.remove(random.nextInt(steps.size())).run();
        }
        assertThat(inFlight).isZero();
        return run;
    }

    private void next() {
        for (JobMessage job : runs.next(run)) {
            assertThat(ledger.jobs(run))
                    .as("needs of %s", job.job())
                    .filteredOn(entry -> entry.state().isSuccess())
                    .extracting(Ledger.Entry::id)
                    .containsAll(plan.needs(job.job()));
            JsonNode upstream = job.parameters().get("upstream");
            assertThat(upstream == null || upstream.intValue() == 7)
                    .as("value from upstream")
                    .isTrue();
            inFlight++;
            steps.add(() -> start(job));
        }
        assertThat(inFlight).isLessThanOrEqualTo(mostInFlight);
    }

    private void start(JobMessage job) {
        assertThat(runs.takes(job)).isTrue();
        runs.started(job);
        world.executes(job);
        steps.add(() -> end(job));
    }

    private void end(JobMessage job) {
        JobResult result = result(job, plan.ending(job.job(), job.attempt()));
        inFlight--;
        Optional<Retry> retry = runs.ended(result).retry();
        // As in the route: nothing is published before what needs the job may run.
        steps.add(() -> {
            next();
            retry.ifPresentOrElse(again -> steps.add(() -> due(again)), () -> steps.add(() -> deliver(result, 0)));
        });
    }

    private void due(Retry retry) {
        runs.due(retry);
        steps.add(this::next);
    }

    private void deliver(JobResult result, int place) {
        JobMessage job = result.job();
        if (place == FILES.size()) {
            runs.settled(job);
            return;
        }
        String eventId = job.run() + "/" + job.job() + "/" + job.attempt();
        String file = FILES.get(place);
        if (!runs.wasDelivered(job.run(), job.job(), eventId, DESTINATION, file)) {
            world.arrives(eventId, file, result.state());
            moment();
            runs.delivered(job.run(), job.job(), eventId, DESTINATION, file);
            world.isNoted(eventId, file);
        }
        steps.add(() -> deliver(result, place + 1));
    }

    private static JobResult result(JobMessage job, RandomPipeline.Ending ending) {
        return switch (ending) {
            case SUCCESS -> JobMessages.succeeded(job, Map.of("value", JobMessages.NODES.numberNode(7)));
            case CONNECTION_ERROR -> failed(job, "ConnectionError");
            case VALUE_ERROR -> failed(job, "ValueError");
            case NO_START -> JobMessages.withKernel(failed(job, "KernelStart"), null);
            case TIMEOUT -> JobMessages.result(job, JobState.TIMED_OUT, null, Map.of());
            case LEFT_BY_ITSELF -> died(job, "exit status 3");
            case KILLED_BY_SIGNAL -> died(job, "killed by signal 9 (SIGKILL)");
        };
    }

    private static JobResult failed(JobMessage job, String name) {
        return JobMessages.result(job, JobState.FAILED, new JobResult.Failure(null, name, "no", List.of()), Map.of());
    }

    private static JobResult died(JobMessage job, String exit) {
        return JobMessages.withKernel(
                JobMessages.result(job, JobState.KERNEL_DIED, null, Map.of()),
                new JobResult.KernelRecord("python3", null, null, null, exit, null, null));
    }

    /** The first to hear anything: the engine may be killed when only the ledger knows. */
    private final class Mortal implements RunListener {

        @Override
        public void runStarted(RunSummary run) {
            moment();
        }

        @Override
        public void jobStarted(JobMessage job) {
            moment();
        }

        @Override
        public void jobEnded(JobResult result) {
            moment();
        }

        @Override
        public void attemptEnded(JobResult result, Duration delay) {
            moment();
        }

        @Override
        public void jobNotRun(JobMessage job, JobState state, String reason) {
            moment();
        }

        @Override
        public void runEnds(RunSummary run) {
            moment();
        }

        @Override
        public void runEnded(RunSummary run) {
            moment();
        }
    }

    /** What people hear. */
    private final class Heard implements RunListener {

        @Override
        public void jobEnded(JobResult result) {
            world.isOver(result.job().job(), result.jobState());
        }

        @Override
        public void jobNotRun(JobMessage job, JobState state, String reason) {
            world.isOver(job.job(), state);
        }
    }
}
