package io.camelnotebook.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static Schedule schedule(String cron, ZoneId zone) throws CronException {
        return new Schedule(Cron.parse(cron), zone, Misfire.RUN_ONCE, Overlap.SKIP);
    }

    private static List<String> times(String cron, ZoneId zone, String after, int count) throws CronException {
        Instant start = LocalDateTime.parse(after).atZone(zone).toInstant();
        return schedule(cron, zone).next(start, count).stream()
                .map(time -> time.atZone(zone).toOffsetDateTime().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30 6 * * *        | 2026-11-22T06:30Z | 2026-11-23T06:30Z
            */15 * * * *      | 2026-11-21T12:15Z | 2026-11-21T12:30Z
            0 22-2/2 * * *    | 2026-11-21T22:00Z | 2026-11-22T00:00Z
            0 6 * * 0         | 2026-11-22T06:00Z | 2026-11-29T06:00Z
            0 6 * * 7         | 2026-11-22T06:00Z | 2026-11-29T06:00Z
            0 6 * * 1         | 2026-11-23T06:00Z | 2026-11-30T06:00Z
            0 6 * * 1-5       | 2026-11-23T06:00Z | 2026-11-24T06:00Z
            0 6 * * 5-7       | 2026-11-22T06:00Z | 2026-11-27T06:00Z
            0 6 * * 1-5/2     | 2026-11-23T06:00Z | 2026-11-25T06:00Z
            0 6 * * */2       | 2026-11-22T06:00Z | 2026-11-24T06:00Z
            0 6 * * mon,Sun   | 2026-11-22T06:00Z | 2026-11-23T06:00Z
            0 6 1 * *         | 2026-12-01T06:00Z | 2027-01-01T06:00Z
            0 6 1 jan *       | 2027-01-01T06:00Z | 2028-01-01T06:00Z
            0 6 24 * 1        | 2026-11-23T06:00Z | 2026-11-24T06:00Z
            0 6 ? * 1         | 2026-11-23T06:00Z | 2026-11-30T06:00Z
            @daily            | 2026-11-22T00:00Z | 2026-11-23T00:00Z
            @weekly           | 2026-11-22T00:00Z | 2026-11-29T00:00Z
            0 0 6 ? * 2       | 2026-11-23T06:00Z | 2026-11-30T06:00Z
            0 0 6 ? * MON#1   | 2026-12-07T06:00Z | 2027-01-04T06:00Z
            0 0 6 L * ?       | 2026-11-30T06:00Z | 2026-12-31T06:00Z
            0 0 6 * * *       | 2026-11-22T06:00Z | 2026-11-23T06:00Z
            0 0 6 * * MON     | 2026-11-23T06:00Z | 2026-11-30T06:00Z
            */2 * * * * ?     | 2026-11-21T12:00:02Z | 2026-11-21T12:00:04Z
            0 0 6 1 1 ? 2030  | 2030-01-01T06:00Z |
            """)
    void comesWhenItsLanguageSaysSo(String cron, String first, String second) throws CronException {
        List<String> expected = second == null ? List.of(first) : List.of(first, second);

        // A Saturday.
        assertThat(times(cron, UTC, "2026-11-21T12:00", 2)).isEqualTo(expected);
    }

    @Test
    void aTimeThatTheClockLeavesOutComesRightAfterTheChange() throws CronException {
        assertThat(times("30 2 * * *", BERLIN, "2026-03-28T03:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void aTimeThatTheClockShowsTwiceCountsOnce() throws CronException {
        assertThat(times("30 2 * * *", BERLIN, "2026-10-24T03:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
        assertThat(times("0,30 1-3 * * *", BERLIN, "2026-10-25T01:45", 4))
                .containsExactly(
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T03:00+01:00",
                        "2026-10-25T03:30+01:00");
    }

    @Test
    void aTimeInTheSecondPassOfAnHourLooksAheadToTheFirstAfterIt() throws CronException {
        Instant secondPass = Instant.parse("2026-10-25T01:10:00Z");

        assertThat(Cron.parse("30 2 * * *").next(secondPass, BERLIN)).contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 * * * *", "0 */1 * * *", "*/20 * * * *", "0 0/30 * * * ?", "*/2 * * * * ?"})
    void whatComesEveryHourGoesOnEvenlyWhateverTheClockDoes(String cron) throws CronException {
        for (String change : List.of("2026-03-29T00:00:00Z", "2026-10-24T23:00:00Z")) {
            List<Instant> times = schedule(cron, BERLIN).next(Instant.parse(change), 20);
            Duration apart = Duration.between(times.get(0), times.get(1));

            assertThat(times).hasSize(20);
            for (int i = 1; i < times.size(); i++) {
                assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(apart);
            }
        }
    }

    @Test
    void aWholeDayThatAPlaceLeftOutIsOneTime() throws CronException {
        // Samoa went from the 29th to the 31st.
        assertThat(times("0 6,18 * * *", ZoneId.of("Pacific/Apia"), "2011-12-29T12:00", 3))
                .containsExactly("2011-12-29T18:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T06:00+14:00");
    }

    @Test
    void theLatestOfManyTimesIsFoundWithoutGoingThroughThem() throws CronException {
        Schedule schedule = schedule("* * * * * ?", UTC);
        Instant now = Instant.parse("2026-11-21T12:00:00.500Z");

        assertThat(schedule.latest(now.minus(Duration.ofDays(3650)), now))
                .contains(Instant.parse("2026-11-21T12:00:00Z"));
        assertThat(schedule.latest(Instant.parse("2026-11-21T12:00:00Z"), now)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tomorrow        | expected a cron expression of 5 fields, or of 6 or 7 with seconds first, found 'tomorrow'
            * * * *         | expected a cron expression of 5 fields
            61 * * * *      | expected a minute from 0 to 59, found '61'
            99 * * * *      | expected a minute from 0 to 59, found '99'
            5,99 * * * *    | expected a minute from 0 to 59, found '5,99'
            0 10-99 * * *   | expected an hour from 0 to 23, found '10-99'
            0 24 * * *      | expected an hour from 0 to 23, found '24'
            0 6 98 * *      | expected a day from 1 to 31, found '98'
            0 6 1 99 *      | expected a month from 1 to 12, found '99'
            99 0 6 * * ?    | expected a second from 0 to 59, found '99'
            0 98/5 * * * ?  | expected a minute from 0 to 59, found '98/5'
            0 5x * * * ?    | expected a minute, found '5x'
            0 0 6 ? * 99    | expected a weekday from 1 to 7, found '99'
            0 6 * * 8       | there is no weekday '8'
            0 6 * * monday  | expected a weekday such as 5, *, 1-5, 1,3 or */2, found 'MONDAY'
            0 6 L * *       | expected a day such as 5, *, 1-5, 1,3 or */2, found 'L'
            */0 * * * *     | expected a minute such as
            0 6 */2 * 1     | a day '*/2' together with a weekday '1' means different things
            0 0 6 1 * MON   | a day '1' together with a weekday 'MON' is not possible with seconds
            a b c d e ?     | expected a second, found 'a'
            0 0 6 b * ?     | '''0 0 6 b * ?'' is not a cron expression'
            0 0 6 ? * 8     | expected a weekday from 1 to 7, found '8'
            """)
    void whatIsNoCronExpressionIsToldWithARemedy(String text, String message) {
        assertThatExceptionOfType(CronException.class)
                .isThrownBy(() -> Cron.parse(text))
                .withMessageContaining(message)
                .satisfies(refused -> assertThat(refused.remedy()).isNotEmpty());
    }
}
