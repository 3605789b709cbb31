package io.camelnotebook.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.pipeline.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a schedule has come. Immutable.
 *
 * @param times the cron expression and time zone that this is about
 * @param decided up to which time it is decided what runs
 * @param waiting times that run when the run before has ended, in order
 * @param fired the last time that made a run
 */
record ScheduleState(String times, Instant decided, List<Instant> waiting, Optional<Instant> fired) {

    private static final ObjectMapper JSON = new ObjectMapper();

    ScheduleState {
        waiting = List.copyOf(waiting);
    }

    /** The state of a schedule as it is now: that of the same times goes on, other times begin anew. */
    static ScheduleState of(Schedule schedule, Optional<ScheduleState> before, Instant now) {
        String times = schedule.cron() + " " + schedule.zone();
        return before.filter(state -> state.times.equals(times))
                .orElseGet(() -> new ScheduleState(times, now, List.of(), before.flatMap(ScheduleState::fired)));
    }

    ScheduleState decided(Instant time) {
        return new ScheduleState(times, time, waiting, fired);
    }

    ScheduleState queued(Instant time) {
        List<Instant> longer = new ArrayList<>(waiting);
        longer.add(time);
        return new ScheduleState(times, decided, longer, fired);
    }

    ScheduleState fired(Instant time) {
        return new ScheduleState(
                times,
                decided,
                waiting.stream().filter(one -> one.isAfter(time)).toList(),
                Optional.of(time));
    }

    /** Reads a state; empty when it was never written, or is none any more. */
    static Optional<ScheduleState> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(JSON.readTree(file.toFile())));
        } catch (JsonProcessingException | DateTimeParseException e) {
            // Only somebody's hand or a broken disk does that, and it is no reason to hold up all the others.
            return Optional.empty();
        }
    }

    private static ScheduleState of(JsonNode json) {
        List<Instant> waiting = new ArrayList<>();
        json.path("waiting").forEach(time -> waiting.add(Instant.parse(time.asText())));
        return new ScheduleState(
                json.path("times").asText(),
                Instant.parse(json.path("decided").asText()),
                waiting,
                json.path("fired").isTextual()
                        ? Optional.of(Instant.parse(json.path("fired").asText()))
                        : Optional.empty());
    }

    /** Writes it to the disk. */
    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("times", times).put("decided", decided.toString());
        waiting.forEach(time -> json.withArray("waiting").add(time.toString()));
        fired.ifPresent(time -> json.put("fired", time.toString()));
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        AtomicFile.write(file, Durability.MACHINE_CRASH, out -> out.write(text));
    }
}
