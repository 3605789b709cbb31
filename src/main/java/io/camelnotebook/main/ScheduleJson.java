package io.camelnotebook.main;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.schedule.RegisteredSchedule;
import java.time.Instant;
import java.util.List;

/** Schedules for programs. Times are ISO 8601 in UTC; what is not there is null. */
final class ScheduleJson {

    private ScheduleJson() {}

    static ArrayNode of(List<RegisteredSchedule> schedules) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        schedules.forEach(one -> add(one, list.addObject()));
        return list;
    }

    private static void add(RegisteredSchedule one, ObjectNode json) {
        json.put("name", one.name());
        json.put(
                "cron",
                one.schedule().map(schedule -> schedule.cron().toString()).orElse(null));
        json.put(
                "timezone",
                one.schedule().map(schedule -> schedule.zone().toString()).orElse(null));
        json.put(
                "misfire",
                one.schedule().map(schedule -> schedule.misfire().jsonName()).orElse(null));
        json.put(
                "overlap",
                one.schedule().map(schedule -> schedule.overlap().jsonName()).orElse(null));
        json.put("state", one.state());
        json.put("problem", one.problem().orElse(null));
        json.put("running", one.running());
        json.put("waiting", one.waiting());
        json.put("last_run", one.lastFired().map(Instant::toString).orElse(null));
        ArrayNode next = json.putArray("next");
        one.next().forEach(time -> next.add(time.toString()));
    }
}
