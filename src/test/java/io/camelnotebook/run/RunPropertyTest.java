package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.Job;
import io.camelnotebook.pipeline.JobTemplate;
import io.camelnotebook.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of every run, tried with random pipelines, failures and interleavings. */
class RunPropertyTest {

    private static final int INTERLEAVINGS = 8;

    private final PipelineFolder configs;

    RunPropertyTest(@TempDir Path folder) {
        configs = new PipelineFolder(folder);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void finalStatesDoNotDependOnTheInterleaving(long seed) {
        Random random = new Random(seed);
        Pipeline pipeline = configs.read(config(random, "continue"));
        Set<String> failing = failing(pipeline, random);

        Map<String, JobState> expected = expected(pipeline, failing);
        for (int i = 0; i < INTERLEAVINGS; i++) {
            assertThat(new Simulation(pipeline, failing, random).finish()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRunThatStopsOrIsCancelledStillEndsEveryJobOnce(long seed) {
        Random random = new Random(seed);
        Pipeline pipeline = configs.read(config(random, "stop"));
        Set<String> failing = failing(pipeline, random);

        Simulation simulation = new Simulation(pipeline, failing, random);
        simulation.cancelAfter = random.nextInt(2 * pipeline.size());

        assertThat(simulation.finish()).hasSize(pipeline.size());
    }

    /** Up to ten templates, each of which may be a matrix, and may need any of those before it. */
    private static String config(Random random, String onFailure) {
        StringBuilder yaml = new StringBuilder("on_failure: " + onFailure + "\n");
        if (random.nextBoolean()) {
            yaml.append("max_parallel: ").append(1 + random.nextInt(4)).append('\n');
        }
        yaml.append("jobs:\n");
        int templates = 1 + random.nextInt(10);
        for (int i = 0; i < templates; i++) {
            String needs = IntStream.range(0, i)
                    .filter(need -> random.nextInt(3) == 0)
                    .mapToObj(need -> "t" + need)
                    .collect(Collectors.joining(", "));
            boolean matrix = random.nextInt(3) == 0;
            yaml.append("  t%d: {notebook: n.ipynb, needs: [%s], priority: %d, label: \"t%d%s\"%s}%n"
                    .formatted(
                            i,
                            needs,
                            random.nextInt(3),
                            i,
                            matrix ? "-${matrix.x}" : "",
                            matrix ? ", matrix: {x: {range: [0, " + (1 + random.nextInt(4)) + "]}}" : ""));
        }
        return yaml.toString();
    }

    private static Set<String> failing(Pipeline pipeline, Random random) {
        Set<String> failing = new HashSet<>();
        for (JobTemplate template : pipeline.jobs().values()) {
            for (int i = 0; i < template.size(); i++) {
                if (random.nextInt(8) == 0) {
                    failing.add(template.job(i).id());
                }
            }
        }
        return failing;
    }

    /** A job is skipped if some job it needs did not succeed; else it ends as it would by itself. */
    private static Map<String, JobState> expected(Pipeline pipeline, Set<String> failing) {
        Map<String, JobState> states = new TreeMap<>();
        Set<String> unsuccessful = new HashSet<>();
        for (String name : pipeline.graph().order()) {
            JobTemplate template = pipeline.job(name);
            boolean skipped = template.needs().stream().anyMatch(unsuccessful::contains);
            for (int i = 0; i < template.size(); i++) {
                String id = template.job(i).id();
                JobState own = failing.contains(id) ? JobState.FAILED : JobState.SUCCEEDED;
                JobState state = skipped ? JobState.SKIPPED : own;
                states.put(id, state);
                if (!state.isSuccess()) {
                    unsuccessful.add(name);
                }
            }
        }
        return states;
    }

    /** Plays a run: jobs that are in flight end, and what they left is settled, in random order. */
    private static final class Simulation {
        private final Pipeline pipeline;
        private final Set<String> failing;
        private final Random random;
        private final Run run;
        private final List<Job> inFlight = new ArrayList<>();
        private final Map<String, JobState> states = new TreeMap<>();
        private final Map<String, Integer> succeeded = new HashMap<>();
        private int unsettled;
        private int cancelAfter = Integer.MAX_VALUE;

        Simulation(Pipeline pipeline, Set<String> failing, Random random) {
            this.pipeline = pipeline;
            this.failing = failing;
            this.random = random;
            run = new Run("r", pipeline, 1 + random.nextInt(6));
        }

        Map<String, JobState> finish() {
            advance();
            for (int step = 0; !inFlight.isEmpty() || unsettled > 0; step++) {
                assertThat(run.isOver()).isFalse();
                if (step == cancelAfter) {
                    run.cancel();
                }
                if (inFlight.isEmpty() || (unsettled > 0 && random.nextBoolean())) {
                    unsettled--;
                    run.settled();
                } else {
                    endOne();
                    advance();
                }
            }
            assertThat(run.isOver()).isTrue();
            assertThat(run.summary(0).state()).isNotEqualTo(RunState.RUNNING);
            return states;
        }

        private void advance() {
            for (Job job : run.takeReady()) {
                assertThat(job.template().needs())
                        .as("needs of %s", job.id())
                        .allMatch(need -> succeeded.getOrDefault(need, 0)
                                == pipeline.job(need).size());
                inFlight.add(job);
            }
            assertThat(inFlight).hasSizeLessThanOrEqualTo(pipeline.maxParallel().orElse(Integer.MAX_VALUE));
            for (Optional<Run.NotRun> next = run.takeNotRun(); next.isPresent(); next = run.takeNotRun()) {
                assertThat(inFlight).doesNotContain(next.get().job());
                finalState(next.get().job(), next.get().state());
            }
        }

        private void endOne() {
            Job job = inFlight.remove(random.nextInt(inFlight.size()));
            JobState state = failing.contains(job.id()) ? JobState.FAILED : JobState.SUCCEEDED;
            run.ended(job.template().name(), job.id(), state);
            unsettled++;
            if (state.isSuccess()) {
                succeeded.merge(job.template().name(), 1, Integer::sum);
            }
            finalState(job, state);
        }

        private void finalState(Job job, JobState state) {
            assertThat(states.put(job.id(), state))
                    .as("earlier final state of %s", job.id())
                    .isNull();
        }
    }
}
