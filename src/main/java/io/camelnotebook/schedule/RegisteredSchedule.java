package io.camelnotebook.schedule;

import io.camelnotebook.pipeline.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered pipeline as it stands.
 *
 * @param schedule empty when its file is broken
 * @param problem what is wrong with its file
 * @param running whether a run of it waits to be claimed or goes on
 * @param waiting how many of its times wait for the run before
 * @param lastFired the last time that made a run
 * @param next its next times; none while it is paused
 */
public record RegisteredSchedule(
        String name,
        Optional<Schedule> schedule,
        Optional<String> problem,
        boolean paused,
        boolean running,
        int waiting,
        Optional<Instant> lastFired,
        List<Instant> next) {

    public RegisteredSchedule {
        next = List.copyOf(next);
    }

    /** One word: {@code broken}, {@code paused}, {@code running} or {@code active}. */
    public String state() {
        if (schedule.isEmpty()) {
            return "broken";
        }
        if (paused) {
            return "paused";
        }
        return running ? "running" : "active";
    }
}
