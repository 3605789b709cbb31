package io.camelnotebook.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code schedule} of a config file. */
class ScheduleTest {

    private static final String JOBS = "\njobs: {a: {notebook: a.ipynb}}";

    private final ConfigFolder configs;

    ScheduleTest(@TempDir Path folder) {
        configs = new ConfigFolder(folder);
    }

    @Test
    void aTextIsTheCronExpressionOfTheMachinesTimeZone() {
        Schedule schedule =
                configs.yaml("schedule: 30 6 * * 1-5" + JOBS).schedule().orElseThrow();

        assertThat(schedule.cron()).hasToString("30 6 * * 1-5");
        assertThat(schedule.zone()).isEqualTo(ZoneId.systemDefault());
        assertThat(schedule.misfire()).isEqualTo(Misfire.RUN_ONCE);
        assertThat(schedule.overlap()).isEqualTo(Overlap.SKIP);
    }

    @Test
    void aMapSaysAllOfIt() {
        Schedule schedule = configs.yaml(
                        "schedule: {cron: '@daily', timezone: Europe/Berlin, misfire: skip, overlap: queue}" + JOBS)
                .schedule()
                .orElseThrow();

        assertThat(schedule.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(schedule.misfire()).isEqualTo(Misfire.SKIP);
        assertThat(schedule.overlap()).isEqualTo(Overlap.QUEUE);
    }

    @Test
    void mostPipelinesHaveNone() {
        assertThat(configs.yaml(JOBS).schedule()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            61 * * * *                           | x.yaml:1:1: field 'schedule': expected a minute from 0 to 59, found '61' (as in crontab:
            {cron: 0 6 * *}                      | x.yaml:1:12: field 'schedule.cron': expected a cron expression of 5 fields, or of 6 or 7 with seconds first, found '0 6 * *' (as in crontab:
            {cron: 0 0 31 2 *}                   | x.yaml:1:12: field 'schedule.cron': the time '0 0 31 2 *' never comes (check its day, month and year)
            {cron: '@daily', timezone: Europe/Berln} | x.yaml:1:28: field 'schedule.timezone': there is no time zone 'Europe/Berln' (did you mean 'Europe/Berlin'?)
            {cron: '@daily', timezone: Mars}     | x.yaml:1:28: field 'schedule.timezone': there is no time zone 'Mars'
            {cron: '@daily', overlap: cancel}    | x.yaml:1:28: field 'schedule.overlap': expected 'skip', 'queue' or 'allow', found the text 'cancel'
            {cron: '@daily', misfire: run}       | x.yaml:1:28: field 'schedule.misfire': expected 'run_once' or 'skip', found the text 'run'
            {timezone: UTC}                      | x.yaml:1:1: field 'schedule': the key 'cron' is missing
            """)
    void whatIsWrongIsToldWithPlaceExpectationAndRemedy(String schedule, String problem) {
        assertThat(configs.yamlProblems("schedule: " + schedule + JOBS))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(configs.yamlProblems(
                        "schedule: {cron: 99 * * * *, timezone: Mars, misfire: run, overlap: cancel, every: 5m}"
                                + JOBS))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("'schedule.cron': expected a minute from 0 to 59"),
                        problem -> assertThat(problem).contains("'schedule.timezone': there is no time zone 'Mars'"),
                        problem -> assertThat(problem).contains("'schedule.misfire': expected 'run_once' or 'skip'"),
                        problem -> assertThat(problem).contains("'schedule.overlap': expected 'skip'"),
                        problem -> assertThat(problem).contains("'schedule.every': there is no key 'every'"));
        assertThat(configs.yamlProblems("schedule: {cron: 5, timezone: [UTC]}" + JOBS))
                .hasSize(2);
    }

    @Test
    void aNameThatNoWatcherWouldSeeIsRefused() {
        assertThat(configs.yamlProblems("name: .x\nschedule: '@daily'" + JOBS))
                .containsExactly("x.yaml: a pipeline with a schedule cannot be called '.x' (give it a name without the"
                        + " dot: files that begin with one are not watched)");
    }

    @Test
    void theCopyOfAFiringIsTheSamePipelineWithoutTheSchedule() {
        Path file = configs.write("x.yaml", """
                schedule: {cron: "@daily"}
                defaults: {timeout: 1h}
                jobs:
                  a:
                    notebook: a.ipynb
                    parameters: {none: null, nan: .nan, one: 1.0, big: 123456789012345678901234567890, text: "ü ${run.id}"}
                """);
        Pipeline original = configs.read(file);
        byte[] json = ScheduledConfig.read(file).unscheduled("nightly");
        Pipeline copy = configs.json(new String(json, UTF_8));

        assertThat(copy.name()).isEqualTo("nightly");
        assertThat(copy.schedule()).isEmpty();
        Job expected = original.job("a").job(0);
        assertThat(copy.job("a").job(0).parameters()).isEqualTo(expected.parameters());
        assertThat(copy.job("a").job(0).settings()).isEqualTo(expected.settings());
    }
}
