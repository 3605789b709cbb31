package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunIdsTest {

    private static String idAt(String instant) {
        return RunIds.next(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    @Test
    void anIdIsTheTimeAndSomethingRandom() {
        assertThat(idAt("2026-03-14T09:26:53Z")).matches("20260314-092653-[0-9a-f]{6}");
    }

    @Test
    void idsSortByTime() {
        List<String> ids = Stream.of(
                        "2025-12-31T23:59:59Z",
                        "2026-01-01T00:00:00Z",
                        "2026-01-01T09:59:59Z",
                        "2026-01-01T10:00:00Z",
                        "2026-11-01T00:00:00Z")
                .map(RunIdsTest::idAt)
                .toList();

        assertThat(ids).isSorted();
    }

    @Test
    void theTimeIsThatOfUtcWhereverTheMachineIs() {
        Clock tokyo = Clock.fixed(Instant.parse("2026-03-14T23:00:00Z"), ZoneId.of("Asia/Tokyo"));

        assertThat(RunIds.next(tokyo)).startsWith("20260314-230000-");
    }
}
