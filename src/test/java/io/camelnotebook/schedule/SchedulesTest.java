package io.camelnotebook.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of every five minutes, with a clock that stands still until it is set. */
class SchedulesTest {

    private final List<String> messages = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:01:00Z");
    private Path configs;
    private Schedules schedules;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        configs = Files.createDirectory(directory.resolve("configs"));
        schedules = another();
    }

    /** As another process, or the same one after a restart, sees them. */
    private Schedules another() {
        InstantSource standing = () -> now;
        Clock clock = standing.withZone(ZoneOffset.UTC);
        return new Schedules(configs, Duration.ofMinutes(1), messages::add, clock);
    }

    private RegisteredSchedule register(String name, String settings) throws IOException {
        return register(name, "*/5 * * * *", settings);
    }

    private RegisteredSchedule register(String name, String cron, String settings) throws IOException {
        Path file = configs.resolveSibling("dropped.yaml");
        Files.writeString(
                file,
                "# mine\nschedule: {cron: '" + cron + "', timezone: UTC" + settings
                        + "}\njobs: {a: {notebook: a.ipynb}}\n");
        return schedules.register(file, name);
    }

    private void at(String time) throws IOException {
        now = Instant.parse("2026-11-21T" + time + "Z");
        schedules.fire();
    }

    private List<String> waiting() throws IOException {
        return filesIn(configs);
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** As a watcher does at the end of a run. */
    private void end(String file) throws IOException {
        Files.delete(configs.resolve(file));
    }

    @Test
    void aTimeThatHasComeIsOneConfigWithoutTheSchedule() throws IOException {
        register("nightly", "");
        at("12:04:59");
        assertThat(waiting()).isEmpty();

        at("12:05:00");
        at("12:05:01");
        at("12:05:59");
        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");
        assertThat(Files.readString(configs.resolve("nightly.20261121T120500Z.json")))
                .contains("\"name\" : \"nightly\"", "a.ipynb")
                .doesNotContain("schedule");
    }

    @Test
    void theRegisteredFileIsAsItWasWritten() throws IOException {
        register("nightly", "");

        assertThat(configs.resolve(".scheduled/nightly.yaml")).content().startsWith("# mine\nschedule:");
    }

    @Test
    void aRunThatHasEndedIsNotMadeAgain() throws IOException {
        register("nightly", "");
        at("12:05:00");
        end("nightly.20261121T120500Z.json");
        schedules = another();
        at("12:05:30");

        assertThat(waiting()).isEmpty();
    }

    @Test
    void ofTwoWatchersOneMakesTheRun() throws IOException {
        register("nightly", "");
        Schedules other = another();
        at("12:05:00");
        end("nightly.20261121T120500Z.json");
        other.fire();

        assertThat(waiting()).isEmpty();
    }

    @Test
    void timesThatWereMissedMakeOneRun() throws IOException {
        register("nightly", "");
        schedules = another();
        at("18:33:00");

        assertThat(waiting()).containsExactly("nightly.20261121T183000Z.json");
        end("nightly.20261121T183000Z.json");
        at("18:35:00");
        assertThat(waiting()).containsExactly("nightly.20261121T183500Z.json");
    }

    @Test
    void timesThatWereMissedMakeNoRunWhereTheyAreToBeSkipped() throws IOException {
        register("nightly", ", misfire: skip");
        at("18:33:00");
        assertThat(waiting()).isEmpty();
        assertThat(messages)
                .containsExactly("nightly: its time Sat 2026-11-21 18:30:00 UTC was missed, and is skipped");

        at("18:35:59");
        assertThat(waiting()).containsExactly("nightly.20261121T183500Z.json");
    }

    @Test
    void aTimeAtWhichTheRunBeforeWaitsOrGoesOnIsSkipped() throws IOException {
        register("nightly", "");
        at("12:05:00");
        at("12:10:00");
        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");

        claim("nightly.20261121T120500Z.json");
        at("12:15:00");
        assertThat(waiting()).isEmpty();
        assertThat(messages)
                .hasSize(2)
                .last()
                .isEqualTo("nightly: its time Sat 2026-11-21 12:15:00 UTC is skipped, as the run before goes on");

        endClaimed();
        at("12:19:00");
        assertThat(waiting()).isEmpty();
        at("12:20:00");
        assertThat(waiting()).containsExactly("nightly.20261121T122000Z.json");
    }

    private void claim(String file) throws IOException {
        Path own = Files.createDirectories(configs.resolve(".running/watcher"));
        Files.move(configs.resolve(file), own.resolve("20261121-120501-000-" + file));
    }

    private void endClaimed() throws IOException {
        for (String file : filesIn(configs.resolve(".running/watcher"))) {
            Files.delete(configs.resolve(".running/watcher").resolve(file));
        }
    }

    @Test
    void timesThatQueueRunOneAfterTheOther() throws IOException {
        register("nightly", ", overlap: queue");
        at("12:05:00");
        claim("nightly.20261121T120500Z.json");
        at("12:10:00");
        at("12:15:00");
        assertThat(waiting()).isEmpty();
        assertThat(schedules.list()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("running");
            assertThat(one.waiting()).isEqualTo(2);
        });

        endClaimed();
        schedules = another();
        at("12:16:00");
        assertThat(waiting()).containsExactly("nightly.20261121T121000Z.json");
        claim("nightly.20261121T121000Z.json");
        at("12:17:00");
        assertThat(waiting()).isEmpty();
        endClaimed();
        at("12:18:00");
        assertThat(waiting()).containsExactly("nightly.20261121T121500Z.json");
    }

    @Test
    void timesThatMayOverlapRunWhateverElseGoesOn() throws IOException {
        register("nightly", ", overlap: allow");
        at("12:05:00");
        at("12:10:00");

        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json", "nightly.20261121T121000Z.json");
    }

    @Test
    void oneSchedulesRunIsNotAnothers() throws IOException {
        register("a", "");
        register("a.b", "");
        at("12:05:00");
        end("a.20261121T120500Z.json");
        at("12:10:00");

        assertThat(waiting()).containsExactly("a.20261121T121000Z.json", "a.b.20261121T120500Z.json");
    }

    @Test
    void aRunThatWasPutBackIsStillTheSame() throws IOException {
        register("nightly", "");
        at("12:05:00");
        Files.move(
                configs.resolve("nightly.20261121T120500Z.json"),
                configs.resolve("20261121-120501-000-nightly.20261121T120500Z.json"));
        at("12:10:00");

        assertThat(waiting()).hasSize(1);
    }

    @Test
    void aRunThatWasCountedBeforeAKillIsDeliveredAfterIt() throws IOException {
        register("nightly", "");
        at("12:05:00");
        Path staged = Files.createDirectories(configs.resolve(".scheduled/.staged"));
        Files.move(configs.resolve("nightly.20261121T120500Z.json"), staged.resolve("nightly.20261121T120500Z.json"));

        schedules = another();
        schedules.fire();
        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");
        assertThat(filesIn(staged)).isEmpty();
    }

    @Test
    void aRunThatWasNotCountedBeforeAKillIsMadeOnce() throws IOException {
        register("nightly", "");
        Path staged = Files.createDirectories(configs.resolve(".scheduled/.staged"));
        Files.writeString(staged.resolve("nightly.20261121T120500Z.json"), "{\"half\":");

        at("12:05:02");
        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");
        assertThat(configs.resolve("nightly.20261121T120500Z.json")).content().contains("a.ipynb");
        assertThat(filesIn(staged)).isEmpty();
    }

    @Test
    void aNewVersionReplacesTheOldOne() throws IOException {
        register("nightly", "");
        Path json = configs.resolveSibling("dropped.json");
        Files.writeString(
                json,
                "{\"schedule\": {\"cron\": \"0 * * * *\", \"timezone\": \"UTC\"},"
                        + " \"jobs\": {\"b\": {\"notebook\": \"b.ipynb\"}}}");
        schedules.register(json, "nightly");

        assertThat(filesIn(configs.resolve(".scheduled")))
                .contains("nightly.json")
                .doesNotContain("nightly.yaml");
        at("12:05:00");
        assertThat(waiting()).isEmpty();
        at("13:00:00");
        assertThat(configs.resolve("nightly.20261121T130000Z.json")).content().contains("b.ipynb");
    }

    @Test
    void aNewVersionWithOtherTimesBeginsWhenItComes() throws IOException {
        register("nightly", "0 6 * * *", "");
        now = Instant.parse("2026-11-21T17:03:00Z");
        register("nightly", "*/5 * * * *", "");
        schedules.fire();
        assertThat(waiting()).isEmpty();

        at("17:05:00");
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void theSameVersionAgainLosesNoTime() throws IOException {
        register("nightly", "");
        now = Instant.parse("2026-11-21T12:05:00Z");
        register("nightly", "");
        schedules.fire();

        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");
    }

    @Test
    void whatIsPausedDoesNotRunAndMissesNothing() throws IOException {
        register("nightly", "");
        another().pause("nightly");
        at("12:05:00");
        assertThat(waiting()).isEmpty();
        assertThat(schedules.list()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("paused");
            assertThat(one.next()).isEmpty();
        });

        now = Instant.parse("2026-11-21T14:01:00Z");
        another().resume("nightly");
        schedules.fire();
        assertThat(waiting()).isEmpty();
        at("14:05:00");
        assertThat(waiting()).containsExactly("nightly.20261121T140500Z.json");
    }

    @Test
    void aPausedScheduleStaysPausedInANewVersion() throws IOException {
        register("nightly", "");
        schedules.pause("nightly");

        assertThat(register("nightly", "0 * * * *", "").state()).isEqualTo("paused");
    }

    @Test
    void whatWasDeletedByHandAndComesBackHasMissedNothing() throws IOException {
        register("nightly", "");
        schedules.pause("nightly");
        Files.delete(configs.resolve(".scheduled/nightly.yaml"));
        at("12:31:00");

        register("nightly", "");
        at("12:31:01");
        assertThat(waiting()).isEmpty();

        at("12:35:00");
        assertThat(waiting()).containsExactly("nightly.20261121T123500Z.json");
    }

    @Test
    void aStateThatIsBrokenIsToldBeginsAnewAndHoldsUpNoOther() throws IOException {
        register("broken", "");
        register("empty", "");
        register("nightly", "");
        Files.writeString(configs.resolve(".scheduled/broken.fired"), "{\"times");
        Files.writeString(configs.resolve(".scheduled/empty.fired"), "");

        at("12:05:00");
        assertThat(waiting()).containsExactly("nightly.20261121T120500Z.json");
        String told =
                ": how far it had come cannot be read any more, so it begins anew: a time that was missed before does not run";
        assertThat(messages).containsExactlyInAnyOrder("broken" + told, "empty" + told);

        at("12:10:00");
        assertThat(messages).filteredOn(message -> message.endsWith(told)).hasSize(2);
        assertThat(waiting()).contains("broken.20261121T121000Z.json", "empty.20261121T121000Z.json");
    }

    @Test
    void itIsKnownWhetherSomethingWatches() throws IOException {
        register("nightly", "");
        at("12:02:00");
        now = now.plusSeconds(9);
        assertThat(another().isWatched()).isTrue();

        now = now.plusSeconds(1);
        assertThat(another().isWatched()).isFalse();
        assertThat(new Schedules(configs.resolve("none"), Duration.ZERO, messages::add, Clock.systemUTC()).isWatched())
                .isFalse();
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        register("nightly", "");
        schedules.pause("nightly");
        another().remove("nightly");
        at("12:05:00");

        assertThat(waiting()).isEmpty();
        assertThat(schedules.list()).isEmpty();
        assertThat(filesIn(configs.resolve(".scheduled"))).containsExactly("lock");
    }

    @Test
    void theListSaysWhatEachIsAndWhenItComes() throws IOException {
        register("nightly", "");
        at("12:05:00");

        assertThat(schedules.list()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("nightly");
            assertThat(one.state()).isEqualTo("running");
            assertThat(one.lastFired()).contains(Instant.parse("2026-11-21T12:05:00Z"));
            assertThat(one.next())
                    .containsExactly(
                            Instant.parse("2026-11-21T12:10:00Z"),
                            Instant.parse("2026-11-21T12:15:00Z"),
                            Instant.parse("2026-11-21T12:20:00Z"));
        });
    }

    @Test
    void aFileThatWasBrokenByHandIsToldOnceAndTheOthersRun() throws IOException {
        register("good", "");
        register("nightly", "");
        Files.writeString(
                configs.resolve(".scheduled/nightly.yaml"), "schedule: never\njobs: {a: {notebook: a.ipynb}}");
        at("12:05:00");
        at("12:05:01");

        assertThat(waiting()).containsExactly("good.20261121T120500Z.json");
        assertThat(messages)
                .singleElement()
                .asString()
                .startsWith("nightly: it does not run until its schedule is mended:\n")
                .contains("nightly.yaml:1:1: field 'schedule': expected a cron expression");
        assertThat(schedules.list()).extracting(RegisteredSchedule::state).containsExactly("running", "broken");
    }

    @Test
    void aNameThatIsNotRegisteredIsToldWithThoseThatAre() throws IOException {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> schedules.remove("x"))
                .withMessageEndingWith(".scheduled (there are none)");
        register("nightly", "");
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> schedules.pause("nigthly"))
                .withMessageStartingWith("there is no schedule 'nigthly' in ")
                .withMessageEndingWith("(there are: nightly)");
    }

    @Test
    void aClockThatIsSetBackMakesNoTimeTwice() throws IOException {
        register("nightly", ", overlap: allow");
        at("12:05:00");
        at("12:04:00");
        at("12:05:00");

        assertThat(waiting()).hasSize(1);
    }
}
