package io.camelnotebook.pipeline;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the {@code schedule} of a pipeline. */
final class ScheduleReader {

    static final JsonPointer PLACE = JsonPointer.compile("/schedule");

    private final Problems problems;

    ScheduleReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * The schedule; empty when there is none, or it has a problem, which is told.
     *
     * @param broken whether the schema does not allow it, and that is told
     */
    Optional<Schedule> read(JsonNode schedule, boolean broken) {
        if (schedule.isMissingNode()) {
            return Optional.empty();
        }
        Optional<ZoneId> zone = zone(schedule.path("timezone"));
        Optional<Cron> cron = schedule.isTextual()
                ? cron(schedule, PLACE)
                : cron(schedule.path("cron"), PLACE.appendProperty("cron"));
        if (broken || zone.isEmpty() || cron.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Schedule(
                cron.get(),
                zone.get(),
                Misfire.named(schedule.path("misfire").asText("run_once")),
                Overlap.named(schedule.path("overlap").asText("skip"))));
    }

    private Optional<Cron> cron(JsonNode written, JsonPointer place) {
        if (!written.isTextual()) {
            return Optional.empty();
        }
        String text = written.textValue();
        try {
            Cron cron = Cron.parse(text);
            if (cron.next(Instant.now(), ZoneId.systemDefault()).isEmpty()) {
                problems.add(place, "the time " + Words.quote(text) + " never comes", "check its day, month and year");
                return Optional.empty();
            }
            return Optional.of(cron);
        } catch (CronException e) {
            problems.add(place, e.what(), e.remedy());
            return Optional.empty();
        }
    }

    private Optional<ZoneId> zone(JsonNode name) {
        if (!name.isTextual()) {
            return Optional.of(ZoneId.systemDefault());
        }
        try {
            return Optional.of(ZoneId.of(name.asText()));
        } catch (DateTimeException e) {
            problems.add(
                    PLACE.appendProperty("timezone"),
                    "there is no time zone " + Words.quote(name.asText()),
                    Suggestion.nearest(
                            name.asText(),
                            ZoneId.getAvailableZoneIds(),
                            "time zones are called as in Europe/Berlin, America/New_York or UTC"));
            return Optional.empty();
        }
    }
}
