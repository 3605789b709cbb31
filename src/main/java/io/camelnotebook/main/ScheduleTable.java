package io.camelnotebook.main;

import io.camelnotebook.pipeline.Schedule;
import io.camelnotebook.schedule.RegisteredSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Schedules for people: a row each, and rows for the later ones of their next times. */
final class ScheduleTable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Console console;

    ScheduleTable(Console console) {
        this.console = console;
    }

    void print(List<RegisteredSchedule> schedules) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "CRON", "TIME ZONE", "STATE", "LAST RUN", "NEXT"));
        for (RegisteredSchedule one : schedules) {
            ZoneId zone = one.schedule().map(Schedule::zone).orElse(ZoneId.systemDefault());
            rows.add(List.of(
                    one.name(),
                    one.schedule().map(schedule -> schedule.cron().toString()).orElse("-"),
                    one.schedule().map(schedule -> schedule.zone().toString()).orElse("-"),
                    one.waiting() > 0 ? one.state() + ", " + one.waiting() + " waiting" : one.state(),
                    one.lastFired().map(time -> text(time, zone)).orElse("-"),
                    one.next().isEmpty() ? "-" : text(one.next().get(0), zone)));
            one.next().stream().skip(1).forEach(time -> rows.add(List.of("", "", "", "", "", text(time, zone))));
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            console.result(line.toString().stripTrailing());
        }
        schedules.forEach(one -> one.problem().ifPresent(console::message));
    }

    private static String text(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }
}
