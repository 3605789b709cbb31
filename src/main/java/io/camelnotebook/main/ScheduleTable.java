package io.camelnotebook.main;

import io.camelnotebook.pipeline.Schedule;
import io.camelnotebook.schedule.RegisteredSchedule;
import java.time.ZoneId;
import java.util.List;

/** Schedules for people: a row each, and rows for the later ones of their next times. */
final class ScheduleTable {

    private final Console console;

    ScheduleTable(Console console) {
        this.console = console;
    }

    void print(List<RegisteredSchedule> schedules) {
        TextTable table = new TextTable(List.of("NAME", "CRON", "TIME ZONE", "STATE", "LAST RUN", "NEXT"));
        for (RegisteredSchedule one : schedules) {
            ZoneId zone = one.schedule().map(Schedule::zone).orElse(ZoneId.systemDefault());
            List<String> next =
                    one.next().stream().map(time -> Schedule.clock(time, zone)).toList();
            table.add(List.of(
                    one.name(),
                    one.schedule().map(schedule -> schedule.cron().toString()).orElse("-"),
                    one.schedule().map(schedule -> schedule.zone().toString()).orElse("-"),
                    one.waiting() > 0 ? one.state() + ", " + one.waiting() + " waiting" : one.state(),
                    one.lastFired().map(time -> Schedule.clock(time, zone)).orElse("-"),
                    next.isEmpty() ? "-" : next.get(0)));
            next.stream().skip(1).forEach(time -> table.add(List.of("", "", "", "", "", time)));
        }
        table.lines().forEach(console::result);
        schedules.forEach(one -> one.problem().ifPresent(console::message));
    }
}
