package io.camelnotebook.pipeline;

import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * A cron expression, as crontab or as Quartz writes it. Where clocks are changed it does as cron programs do: a time that is
 * left out comes right after the change, one that comes twice counts once; but what comes every hour, or oftener, goes on
 * evenly. Immutable.
 */
public final class Cron {

    private static final String FORMS = "as in crontab: minute, hour, day, month, weekday, such as 30 6 * * 1-5;"
            + " or as Quartz has it, with seconds first: 0 30 6 ? * MON-FRI";

    private final String text;
    private final List<CronExpression> expressions;
    private final boolean everyHour;

    private Cron(String text, List<CronExpression> expressions, boolean everyHour) {
        this.text = text;
        this.expressions = expressions;
        this.everyHour = everyHour;
    }

    static Cron parse(String text) throws CronException {
        List<String> fields =
                List.of(UnixCron.withoutNickname(text.strip()).strip().split("\\s+"));
        boolean unix = fields.size() == 5;
        if (!unix && fields.size() != 6 && fields.size() != 7) {
            throw new CronException(
                    "expected a cron expression of 5 fields, or of 6 or 7 with seconds first, found "
                            + Words.quote(text),
                    FORMS);
        }
        List<CronExpression> expressions = new ArrayList<>();
        for (String quartz : unix ? UnixCron.toQuartz(fields) : List.of(withAnyDay(fields))) {
            expressions.add(expression(text, quartz));
        }
        String hours = fields.get(unix ? 1 : 2);
        return new Cron(text.strip(), List.copyOf(expressions), hours.equals("*") || hours.matches("(\\*|0)/\\d+"));
    }

    /** Quartz demands a {@code ?} where the other of the two days is given; a {@code *} there says the same. */
    private static String withAnyDay(List<String> fields) throws CronException {
        List<String> quartz = new ArrayList<>(fields);
        if (!quartz.contains("?")) {
            if (quartz.get(5).equals("*")) {
                quartz.set(5, "?");
            } else if (quartz.get(3).equals("*")) {
                quartz.set(3, "?");
            } else {
                throw new CronException(
                        "a day " + Words.quote(quartz.get(3)) + " together with a weekday " + Words.quote(quartz.get(5))
                                + " is not possible with seconds",
                        "write ? for one of the two, or 5 fields, where either of them counts");
            }
        }
        return String.join(" ", quartz);
    }

    private static CronExpression expression(String text, String quartz) throws CronException {
        CronNumbers.check(quartz, FORMS);
        try {
            CronExpression expression = new CronExpression(quartz);
            expression.setTimeZone(TimeZone.getTimeZone("UTC"));
            return expression;
        } catch (ParseException | RuntimeException e) {
            // Quartz also throws what its parser happens to run into.
            String reason = e instanceof ParseException ? ": " + e.getMessage() : "";
            throw new CronException(Words.quote(text) + " is not a cron expression" + reason, FORMS);
        }
    }

    /** The first time after another; empty when there is none any more. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        return expressions.stream()
                .map(expression -> everyHour ? evenly(expression, after, rules) : byTheClock(expression, after, rules))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> byTheClock(CronExpression expression, Instant after, ZoneRules rules) {
        LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            LocalDateTime next = next(expression, local);
            if (next == null) {
                return Optional.empty();
            }
            List<ZoneOffset> offsets = rules.getValidOffsets(next);
            ZoneOffsetTransition change = rules.getTransition(next);
            Instant instant = offsets.isEmpty() ? change.getInstant() : next.toInstant(offsets.get(0));
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
            // The clock shows this hour for the second time, so its times have been.
            local = change.getDateTimeBefore().minusSeconds(1);
        }
    }

    private static Optional<Instant> evenly(CronExpression expression, Instant after, ZoneRules rules) {
        Instant from = after;
        ZoneOffset offset = rules.getOffset(after);
        ZoneOffsetTransition change = rules.nextTransition(after);
        while (true) {
            LocalDateTime next = next(expression, LocalDateTime.ofInstant(from, offset));
            if (next == null) {
                return Optional.empty();
            }
            Instant instant = next.toInstant(offset);
            if (change == null || instant.isBefore(change.getInstant())) {
                return Optional.of(instant);
            }
            from = change.getInstant().minusSeconds(1);
            offset = change.getOffsetAfter();
            change = rules.nextTransition(change.getInstant());
        }
    }

    /** Quartz computes with the clock's time as if it were that of a zone without changes. */
    private static @Nullable LocalDateTime next(CronExpression expression, LocalDateTime after) {
        Date next = expression.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
        return next == null ? null : LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
    }

    /** As it is written in the config file. */
    @Override
    public String toString() {
        return text;
    }
}
