package io.camelnotebook.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Five fields as in crontab, in Quartz's words. Crontab counts weekdays from Sunday as 0 and knows 7 as Sunday too, Quartz
 * counts from Sunday as 1; and where both days are given, crontab means either of them, for which Quartz needs two
 * expressions.
 */
final class UnixCron {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> FIELDS = List.of("minute", "hour", "day", "month", "weekday");
    private static final Pattern ITEM =
            Pattern.compile("(?<all>\\*)|(?<from>\\d{1,2}|[A-Z]{3})(?:-(?<to>\\d{1,2}|[A-Z]{3}))?");
    private static final Pattern STEP = Pattern.compile("(?<items>[^/]+)(?:/(?<step>0*[1-9]\\d?))?");

    private UnixCron() {}

    /** The five fields of a nickname such as {@code @daily}, or else the text itself. */
    static String withoutNickname(String text) {
        return NICKNAMES.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    }

    /** Quartz's expressions, one or two, for the fields minute, hour, day, month and weekday. */
    static List<String> toQuartz(List<String> written) throws CronException {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            // Quartz's sign for "any day" is no harm where crontab has none.
            String field = written.get(i).equals("?") ? "*" : written.get(i);
            fields.add(field.toUpperCase(Locale.ROOT));
            check(FIELDS.get(i), fields.get(i));
        }
        String time = "0 " + fields.get(0) + " " + fields.get(1) + " ";
        String day = fields.get(2);
        String month = " " + fields.get(3) + " ";
        String weekday = fields.get(4);
        if (weekday.equals("*")) {
            return List.of(time + day + month + "?");
        }
        String weekdays = time + "?" + month + weekdays(weekday);
        if (day.equals("*")) {
            return List.of(weekdays);
        }
        if (day.startsWith("*") || weekday.startsWith("*")) {
            throw new CronException(
                    "a day " + Words.quote(day) + " together with a weekday " + Words.quote(weekday)
                            + " means different things to different programs",
                    "write * for one of the two");
        }
        return List.of(time + day + month + "?", weekdays);
    }

    private static void check(String name, String field) throws CronException {
        for (String item : field.split(",", -1)) {
            Matcher step = STEP.matcher(item);
            if (!step.matches() || !ITEM.matcher(step.group("items")).matches()) {
                throw new CronException(
                        "expected a " + name + " such as 5, *, 1-5, 1,3 or */2, found " + Words.quote(field),
                        "what only Quartz knows, such as L and #, needs its six fields, with seconds first");
            }
        }
    }

    private static String weekdays(String field) throws CronException {
        TreeSet<Integer> days = new TreeSet<>();
        for (String text : field.split(",", -1)) {
            Matcher step = STEP.matcher(text);
            Matcher item = ITEM.matcher(step.matches() ? step.group("items") : text);
            if (!item.matches()) {
                throw new IllegalArgumentException(text);
            }
            boolean all = item.group("all") != null;
            int from = all ? 0 : weekday(item.group("from"));
            int to = all ? 6 : from;
            if (item.group("to") != null) {
                to = weekday(item.group("to"));
            } else if (step.group("step") != null) {
                to = 6;
            }
            // From Friday to Monday is over the end of the week.
            int last = to < from ? to + 7 : to;
            int width = step.group("step") == null ? 1 : Integer.parseInt(step.group("step"));
            for (int day = from; day <= last; day += width) {
                days.add(day % 7);
            }
        }
        return days.stream().map(DAYS::get).collect(Collectors.joining(","));
    }

    private static int weekday(String text) throws CronException {
        int day = DAYS.indexOf(text);
        if (day < 0 && text.matches("0?[0-7]")) {
            day = Integer.parseInt(text);
        }
        if (day < 0) {
            throw new CronException(
                    "there is no weekday " + Words.quote(text),
                    "weekdays are 0 to 7, where 0 and 7 are Sunday, or SUN to SAT");
        }
        return day;
    }
}
