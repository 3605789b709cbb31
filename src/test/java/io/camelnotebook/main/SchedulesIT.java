package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules as users have them: real watchers, and pipelines that come every few seconds. */
class SchedulesIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Path directory;
    private Path configs;

    @BeforeEach
    void writeNotebooks(@TempDir Path directory) throws IOException {
        this.directory = directory;
        configs = Files.createDirectory(directory.resolve("configs"));
        Notebooks.writeFakeKernelSpec(directory);
        Notebooks.write(directory.resolve("fake.ipynb"), "note");
    }

    private Engine watch() throws IOException {
        Engine engine = Engine.start(directory, "-Dnotebook.watch.quiet=300", "watch", "-j", "2");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(engine.err()).contains("watching configs/"));
        return engine;
    }

    /** A pipeline that notes its word in the file {@code executions} whenever it runs. */
    private void drop(String name, String schedule) throws IOException {
        Path written = Files.writeString(
                directory.resolve(name + ".part"),
                "schedule: " + schedule + "\njobs: {a: {notebook: fake.ipynb, kernel: fake, env: {WORD: " + name
                        + "}}}");
        Files.move(written, configs.resolve(name + ".yaml"));
    }

    private List<String> executions() throws IOException {
        Path file = directory.resolve("executions");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void awaitExecutions(int count) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(executions()).hasSizeGreaterThanOrEqualTo(count));
    }

    /** The firings whose runs ended, by the end of their names: pipeline, time. */
    private List<String> fired() throws IOException {
        Path done = configs.resolve(".done");
        if (!Files.isDirectory(done)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(done)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.\\d{8}T\\d{6}Z\\.json"))
                    .map(name -> name.replaceFirst("^(\\d{8}-\\d{6}-\\d{3}-)+", ""))
                    .toList();
        }
    }

    private JsonNode list() throws Exception {
        Engine listed = Engine.run(directory, "schedules", "--json");
        assertThat(listed.exitStatus()).as(listed.err()).isZero();
        return new ObjectMapper().readTree(listed.out());
    }

    @Test
    void aPipelineThatIsDroppedRunsWheneverItsTimeComes() throws Exception {
        try (Engine engine = watch()) {
            drop("often", "'*/2 * * * * ?'");
            awaitExecutions(3);

            assertThat(engine.err()).contains("often: registered, next ");
            assertThat(configs.resolve(".scheduled/often.yaml")).exists();
            assertThat(directory.resolve("outputs/often/results.csv")).exists();
            // The next run, which may have begun, puts the last one's aside before it writes its own.
            await().until(() -> Files.exists(directory.resolve("outputs/fake/a/fake_a.ipynb")));
            assertThat(fired()).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.startsWith("often."));
            assertThat(engine.err()).doesNotContain("\tat ", "ERROR");

            engine.signal("TERM");
            engine.exitStatus();
            engine.awaitNoProcess(Duration.ofSeconds(5));
        }
    }

    @Test
    void aKilledWatchersSchedulesGoOnWithTheNext() throws Exception {
        try (Engine killed = watch()) {
            drop("often", "'* * * * * ?'");
            awaitExecutions(2);
            killed.signal("KILL");
            killed.awaitNoProcess(Duration.ofSeconds(5));
        }
        int before = executions().size();
        try (Engine next = watch()) {
            awaitExecutions(before + 3);

            assertThat(fired()).as(next.err()).doesNotHaveDuplicates();
            assertThat(configs.resolve(".scheduled/.staged")).isEmptyDirectory();
        }
    }

    @Test
    void twoWatchersOfOneFolderMakeEachRunOnce() throws Exception {
        try (Engine first = watch();
                Engine second = watch()) {
            drop("often", "{cron: '* * * * * ?', overlap: queue}");
            awaitExecutions(5);
            assertThat(Engine.run(directory, "schedules", "remove", "often").exitStatus())
                    .isZero();
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(fired()).hasSameSizeAs(executions());
                assertThat(configs.resolve(".running")).isDirectoryNotContaining("glob:**/often*");
            });

            assertThat(fired()).as(first.err() + second.err()).doesNotHaveDuplicates();
            assertThat(configs.resolve(".failed")).doesNotExist();
        }
    }

    @Test
    void schedulesAreListedPausedResumedAndRemovedWhileTheyAreWatched() throws Exception {
        try (Engine engine = watch()) {
            drop("often", "{cron: '* * * * * ?', timezone: Asia/Tokyo}");
            drop("rarely", "{cron: '0 6 1 1 *', timezone: UTC, misfire: skip, overlap: allow}");
            awaitExecutions(1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(engine.err()).contains("rarely: registered"));

            JsonNode listed = list();
            assertThat(listed).hasSize(2);
            assertThat(listed.get(0).path("name").asText()).isEqualTo("often");
            assertThat(listed.get(0).path("last_run").asText()).startsWith("20");
            JsonNode rarely = listed.get(1);
            assertThat(rarely.path("state").asText()).isEqualTo("active");
            assertThat(rarely.path("misfire").asText()).isEqualTo("skip");
            assertThat(rarely.path("next"))
                    .hasSize(3)
                    .allMatch(time -> time.asText().endsWith("-01-01T06:00:00Z"));
            Engine table = Engine.run(directory, "schedules");
            assertThat(table.out()).contains("NAME", "often", "Asia/Tokyo", "0 6 1 1 *", "-01-01 06:00:00");
            assertThat(table.err()).isEmpty();
            assertThat(engine.err())
                    .containsPattern("rarely: registered, next ... ....-01-01 06:00:00 UTC\n")
                    .contains("started     often/");

            assertThat(Engine.run(directory, "schedules", "pause", "often").out())
                    .isEqualTo("often: paused\n");
            assertThat(list().get(0).path("state").asText()).isEqualTo("paused");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(fired()).hasSameSizeAs(executions()));
            int paused = executions().size();
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> executions().size() == paused);

            assertThat(Engine.run(directory, "schedules", "resume", "often", "--configs", "configs")
                            .out())
                    .isEqualTo("often: resumed\n");
            awaitExecutions(paused + 1);

            Engine.run(directory, "schedules", "remove", "often");
            assertThat(list()).hasSize(1);
            Engine unknown = Engine.run(directory, "schedules", "remove", "often");
            assertThat(unknown.exitStatus()).isEqualTo(2);
            assertThat(unknown.err())
                    .isEqualTo(
                            "camel-notebook: there is no schedule 'often' in configs/.scheduled (there are: rarely)\n");
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                Engine.run(directory, "schedules").err())
                        .isEqualTo("nothing watches configs now: schedules run while 'camel-notebook watch' does\n"));
    }

    @Test
    void aBadScheduleIsRefusedWithPlaceExpectationAndRemedy() throws Exception {
        drop("bad", "{cron: 61 * * * *, timezone: Europe/Berln}");
        Engine run = Engine.run(directory, "run", "configs/bad.yaml");
        assertThat(run.exitStatus()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "configs/bad.yaml:1:12: field 'schedule.cron': expected a minute from 0 to 59, found '61'",
                        "field 'schedule.timezone': there is no time zone 'Europe/Berln' (did you mean 'Europe/Berlin'?)");

        try (Engine engine = watch()) {
            await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> {
                try (Stream<Path> failed = Files.list(configs.resolve(".failed"))) {
                    assertThat(failed.filter(file -> file.toString().endsWith("bad.yaml.error.txt")))
                            .singleElement()
                            .satisfies(file -> assertThat(file).content().contains("field 'schedule.cron'"));
                }
            });
            assertThat(configs.resolve(".scheduled/bad.yaml")).doesNotExist();
            assertThat(engine.isAlive()).isTrue();
        }
    }

    @Test
    void runRunsAPipelineWithAScheduleOnceAndSaysSo() throws Exception {
        drop("rarely", "0 6 1 1 *");
        Engine run = Engine.run(directory, "run", "configs/rarely.yaml");

        assertThat(run.exitStatus()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("rarely: its schedule counts only in a folder that is watched; here it runs now, once");
        assertThat(executions()).containsExactly("rarely");
        assertThat(configs.resolve(".scheduled")).doesNotExist();
    }
}
