package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelnotebook.run.JobState;
import io.camelnotebook.run.RandomPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is true of every run, tried with random pipelines and failures through the real program, the routes as they stand,
 * and kernel processes that end as they are told to. {@code -Dproperty.pipelines=50} tries more of them than every build does,
 * and {@code -Dproperty.first=17} begins with that seed.
 */
class PipelinePropertyIT {

    private static final long FIRST = Long.getLong("property.first", 0);
    private static final int COUNT = Integer.getInteger("property.pipelines", 4);
    private static final int MOST_KERNELS = 5;

    private final List<RandomPipeline> pipelines = IntStream.range(0, COUNT)
            .mapToObj(i -> new RandomPipeline(new Random(FIRST + i), "continue"))
            .toList();

    @Test
    @Timeout(3600)
    void randomPipelinesEndAsTheyMustInTheRightOrderAndAlikeHoweverManyJobsRunAtOnce(
            @TempDir Path alone, @TempDir Path together) throws Exception {
        run(alone, 1);
        run(together, MOST_KERNELS);

        for (int i = 0; i < COUNT; i++) {
            for (Path directory : List.of(alone, together)) {
                assertStates(directory, i);
                assertAttemptsAndOrder(directory, i);
            }
            assertThat(table(together, i)).isEqualTo(table(alone, i));
        }
    }

    private void run(Path directory, int atOnce) throws Exception {
        // As many as run may be about to end.
        Notebooks.writeFakeKernelSpec(directory, "--fated", "--slots", Integer.toString(2 * atOnce));
        Map<String, List<String>> fates = new TreeMap<>();
        List<String> arguments = new ArrayList<>(List.of("run", "-j", Integer.toString(atOnce)));
        for (int i = 0; i < COUNT; i++) {
            RandomPipeline pipeline = pipelines.get(i);
            Notebooks.write(directory.resolve("n" + i + ".ipynb"), "", "fate");
            String config = "defaults: {kernel: fake, cell_timeout: 3}\n"
                    + pipeline.yaml()
                            .replace("notebook: n.ipynb", "notebook: n" + i + ".ipynb")
                            .replace("retries: {", "retries: {delay: 0.1, ");
            Files.writeString(directory.resolve("p" + i + ".yaml"), config);
            arguments.add("p" + i + ".yaml");
            for (String job : pipeline.jobs()) {
                fates.put(
                        word(i, job),
                        IntStream.rangeClosed(1, pipeline.attempts(job))
                                .mapToObj(
                                        attempt -> pipeline.ending(job, attempt).name())
                                .toList());
            }
        }
        new ObjectMapper().writeValue(directory.resolve("fates.json").toFile(), fates);
        try (Engine engine = Engine.start(directory, arguments.toArray(String[]::new))) {
            assertThat(engine.exitStatus(Duration.ofSeconds(60 + 20L * COUNT)))
                    .as(engine.err())
                    .isIn(0, 1);
        }
        assertThat(directory.resolve("too-many")).doesNotExist();
    }

    private static String word(int pipeline, String job) {
        return "p" + pipeline + "/" + RandomPipeline.label(job);
    }

    private void assertStates(Path directory, int i) {
        Map<String, String> states = Jdbi.create("jdbc:sqlite:" + directory.resolve("outputs/runs.db"))
                .withHandle(handle -> handle
                        .createQuery("SELECT id, state FROM job WHERE run = (SELECT id FROM run WHERE pipeline = ?)")
                        .bind(0, "p" + i)
                        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        Map<String, String> expected = new TreeMap<>();
        pipelines.get(i).finalStates().forEach((job, state) -> expected.put(job, state.jsonName()));
        assertThat(states).as("seed %d", FIRST + i).isEqualTo(expected);
    }

    /** As the kernels themselves noted it. */
    private void assertAttemptsAndOrder(Path directory, int i) throws IOException {
        RandomPipeline pipeline = pipelines.get(i);
        Map<String, List<Life>> lives =
                Life.read(directory.resolve("lives")).stream().collect(Collectors.groupingBy(Life::word));
        pipeline.finalStates().forEach((job, state) -> {
            List<Life> its = lives.getOrDefault(word(i, job), List.of());
            assertThat(its.stream().filter(Life::begins))
                    .as("attempts of %s, seed %d", job, FIRST + i)
                    .hasSize(state == JobState.SKIPPED ? 0 : pipeline.attempts(job));
            if (state != JobState.SKIPPED) {
                for (String need : pipeline.needs(job)) {
                    List<Life> before = lives.getOrDefault(word(i, need), List.of());
                    assertThat(before.get(before.size() - 1).time())
                            .as("%s before %s, seed %d", need, job, FIRST + i)
                            .isLessThan(its.get(0).time());
                }
            }
        });
    }

    /** The table of results, but for the seconds. */
    private static List<List<String>> table(Path directory, int i) throws IOException {
        List<List<String>> rows = Files.readAllLines(directory.resolve("outputs/p" + i + "/results.csv")).stream()
                .map(row -> (List<String>) new ArrayList<>(List.of(row.split(",", -1))))
                .toList();
        int seconds = rows.get(0).indexOf("seconds");
        rows.forEach(row -> row.remove(seconds));
        return rows;
    }

    /** A line that a kernel left: {@code p0/t1 2 begins 123456789}. */
    private record Life(String word, boolean begins, long time) {

        static List<Life> read(Path file) throws IOException {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .map(words -> new Life(words[0], words[2].equals("begins"), Long.parseLong(words[3])))
                    .toList();
        }
    }
}
