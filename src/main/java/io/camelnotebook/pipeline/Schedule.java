package io.camelnotebook.pipeline;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** When a pipeline runs by itself. Immutable. */
public record Schedule(Cron cron, ZoneId zone, Misfire misfire, Overlap overlap) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** What a clock shows at a time: {@code Mon 2026-11-23 06:30:00}. */
    public static String clock(Instant time, ZoneId zone) {
        return CLOCK.format(time.atZone(zone));
    }

    /** A time for people, with the schedule's zone: {@code Mon 2026-11-23 06:30:00 Europe/Berlin}. */
    public String told(Instant time) {
        return clock(time, zone) + " " + zone;
    }

    /** The next times after another, at most as many as asked for. */
    public List<Instant> next(Instant after, int count) {
        return Stream.iterate(
                        cron.next(after, zone),
                        Optional::isPresent,
                        time -> time.flatMap(instant -> cron.next(instant, zone)))
                .limit(count)
                .map(Optional::orElseThrow)
                .toList();
    }

    /** The last of its times that are after the one and not after the other; empty when there is none. */
    public Optional<Instant> latest(Instant after, Instant until) {
        if (!comes(after, until)) {
            return Optional.empty();
        }
        // Years of seconds may have passed, so they are not gone through one by one.
        long low = after.getEpochSecond();
        long high = until.getEpochSecond() + 1;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (comes(Instant.ofEpochSecond(middle), until)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return cron.next(Instant.ofEpochSecond(low), zone).filter(time -> time.isAfter(after));
    }

    private boolean comes(Instant after, Instant until) {
        return cron.next(after, zone).filter(time -> !time.isAfter(until)).isPresent();
    }
}
