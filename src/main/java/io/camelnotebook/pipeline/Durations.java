package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as config files write them: {@code 90s}, {@code 1h30m}, {@code PT5M}, or a number of seconds. */
final class Durations {

    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s)?");
    private static final Pattern SECONDS = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final BigDecimal LONGEST_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(3650).toSeconds());
    private static final int LONGEST_TEXT = 40;

    private Durations() {}

    /** The duration; empty when the value is none, is negative, or is longer than ten years. */
    static Optional<Duration> parse(JsonNode value) {
        if (value.isNumber()) {
            return Double.isFinite(value.doubleValue()) ? ofSeconds(value.decimalValue()) : Optional.empty();
        }
        String text = value.asText().strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        if (SECONDS.matcher(text).matches()) {
            return ofSeconds(new BigDecimal(text));
        }
        Matcher parts = PARTS.matcher(text);
        return parts.matches() ? ofSeconds(seconds(parts)) : iso(text);
    }

    private static BigDecimal seconds(Matcher parts) {
        int[] unitSeconds = {86_400, 3_600, 60, 1};
        BigDecimal seconds = BigDecimal.ZERO;
        for (int unit = 0; unit < unitSeconds.length; unit++) {
            String amount = parts.group(unit + 1);
            if (amount != null) {
                seconds = seconds.add(new BigDecimal(amount).multiply(BigDecimal.valueOf(unitSeconds[unit])));
            }
        }
        return seconds;
    }

    private static Optional<Duration> iso(String text) {
        try {
            Duration duration = Duration.parse(text);
            return ofSeconds(BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> ofSeconds(BigDecimal seconds) {
        if (seconds.signum() < 0 || seconds.compareTo(LONGEST_SECONDS) > 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(
                seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact()));
    }
}
