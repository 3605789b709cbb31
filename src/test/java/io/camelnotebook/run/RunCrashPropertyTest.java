package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.run.SimulatedEngine.Killed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is true of every run, tried with random pipelines, failures, attempts and interleavings, and with engines that are
 * killed at random moments and leave nothing but the ledger's file. {@code -Dproperty.seeds=2000} tries more of them than
 * every build does, and {@code -Dproperty.first=17} begins with that seed.
 */
class RunCrashPropertyTest {

    private static final int INTERLEAVINGS = 3;
    private static final int MOST_KILLS = 4;

    private final Path folder;
    private final PipelineFolder configs;
    private final Deque<Ledger> ledgers = new ArrayDeque<>();

    RunCrashPropertyTest(@TempDir Path folder) {
        this.folder = folder;
        configs = new PipelineFolder(folder);
    }

    static LongStream seeds() {
        long first = Long.getLong("property.first", 0);
        return LongStream.range(first, first + Long.getLong("property.seeds", 20));
    }

    @AfterEach
    void close() {
        ledgers.forEach(Ledger::close);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyInterleavingLeadsToTheSameFinalStatesAfterTheSameAttempts(long seed) throws IOException {
        Random random = new Random(seed);
        RandomPipeline plan = new RandomPipeline(random, "continue");
        for (int i = 0; i < INTERLEAVINGS; i++) {
            World world = new World();
            String run = play(plan, world, random, 0);
            Map<String, JobState> states = plan.finalStates();
            assertThat(states(run)).isEqualTo(states);
            states.forEach((job, state) -> assertThat(world.executions(job))
                    .as("attempts of " + job)
                    .isEqualTo(state == JobState.SKIPPED ? 0 : plan.attempts(job)));
            assertComplete(run, plan, world);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void killedEnginesChangeNoFinalStateAndPublishNothingTwice(long seed) throws IOException {
        Random random = new Random(seed);
        RandomPipeline plan = new RandomPipeline(random, "continue");
        World world = new World();
        String run = play(plan, world, random, MOST_KILLS);

        assertThat(states(run)).isEqualTo(plan.finalStates());
        assertComplete(run, plan, world);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRunThatStopsAtAFailureSkipsOnlyThenAndEndsEveryJobOnceAlsoAfterKills(long seed) throws IOException {
        Random random = new Random(seed);
        RandomPipeline plan = new RandomPipeline(random, "stop");
        World world = new World();
        String run = play(plan, world, random, MOST_KILLS);

        Map<String, JobState> states = states(run);
        boolean stopped = states.values().stream().anyMatch(state -> !state.isSuccess() && state != JobState.SKIPPED);
        states.forEach((job, state) -> assertThat(state)
                .as(job)
                .isIn(stopped ? List.of(plan.ownState(job), JobState.SKIPPED) : List.of(plan.ownState(job))));
        assertComplete(run, plan, world);
    }

    /** Lets engines run a pipeline one after the other, the last of which is not killed. */
    private String play(RandomPipeline plan, World world, Random random, int mostKills) {
        Pipeline pipeline = configs.read(plan.yaml());
        String claim = "claim-" + random.nextLong();
        RunOrigin origin = new RunOrigin("abc", claim, Map.of());
        int kills = mostKills == 0 ? 0 : 1 + random.nextInt(mostKills);
        if (ledgers.isEmpty()) {
            openLedger();
        }
        for (int kill = 0; kill < kills; kill++) {
            int life = random.nextInt(4 + 12 * pipeline.size() / kills);
            try {
                return engine(plan, pipeline, world, random, life).run(origin);
            } catch (Killed e) {
                openLedger();
            }
            if (ledger().history().endOf(claim, "abc").isPresent()) {
                return ledger().history().run("latest").id();
            }
        }
        return engine(plan, pipeline, world, random, Integer.MAX_VALUE).run(origin);
    }

    /** The file of the one before is not closed: its engine was killed. */
    private void openLedger() {
        ledgers.push(Ledger.open(folder.resolve("runs.db"), Clock.systemUTC()));
    }

    private Ledger ledger() {
        return ledgers.element();
    }

    private SimulatedEngine engine(RandomPipeline plan, Pipeline pipeline, World world, Random random, int life) {
        return new SimulatedEngine(plan, pipeline, ledger(), folder.resolve("outputs"), world, random, life);
    }

    private Map<String, JobState> states(String run) {
        return ledger().jobs(run).stream()
                .collect(Collectors.toMap(Ledger.Entry::id, Ledger.Entry::state, (a, b) -> a, TreeMap::new));
    }

    private void assertComplete(String run, RandomPipeline plan, World world) throws IOException {
        assertThat(ledger().jobs(run))
                .extracting(Ledger.Entry::id)
                .containsExactlyInAnyOrderElementsOf(plan.jobs())
                .doesNotHaveDuplicates();
        assertThat(sql("SELECT job FROM state_change WHERE run = '" + run + "' AND state NOT IN ('queued', 'running')"
                        + " GROUP BY job, attempt HAVING COUNT(*) > 1"))
                .as("attempts that ended twice")
                .isEmpty();
        assertThat(sql("SELECT job FROM attempt WHERE run = '" + run
                        + "' GROUP BY job HAVING COUNT(*) <> MAX(attempt)"))
                .as("jobs one of whose attempts has no record")
                .isEmpty();
        assertThat(sql("SELECT job FROM unpublished WHERE run = '" + run + "'")).isEmpty();
        assertThat(world.arrived()).hasSameElementsAs(expectedEvents(run));
        assertThat(sql("SELECT event_id || file FROM publication WHERE run = '" + run + "' AND state = 'delivered'"))
                .containsExactlyInAnyOrderElementsOf(world.arrived());
        assertThat(rowsOfTable())
                .isEqualTo(ledger().jobs(run).stream().map(Ledger.Entry::id).toList());
    }

    /** Each job that was executed has two files with one event id: that of its last attempt. */
    private List<String> expectedEvents(String run) {
        return sql("SELECT run || '/' || id || '/' || attempt FROM job WHERE run = '" + run
                        + "' AND state <> 'skipped'")
                .stream()
                .flatMap(event -> Stream.of(event + "n.ipynb", event + "n.json"))
                .toList();
    }

    private List<String> rowsOfTable() throws IOException {
        return Files.readAllLines(folder.resolve("outputs/x/results.csv")).stream()
                .skip(1)
                .map(row -> row.split(",", 2)[0])
                .toList();
    }

    private List<String> sql(String query) {
        return Jdbi.create("jdbc:sqlite:" + folder.resolve("runs.db"))
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
