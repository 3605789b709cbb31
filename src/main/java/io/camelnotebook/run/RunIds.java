package io.camelnotebook.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes ids of runs: the time in UTC, then something random, so that they sort by time and never meet. */
final class RunIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunIds() {}

    /** A new id, such as {@code 20260314-092653-5f8a0c}. */
    static String next(Clock clock) {
        return TIME.format(clock.instant()) + String.format(Locale.ROOT, "-%06x", RANDOM.nextInt(1 << 24));
    }
}
