package io.camelnotebook.schedule;

import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.pipeline.Misfire;
import io.camelnotebook.pipeline.Overlap;
import io.camelnotebook.pipeline.Schedule;
import io.camelnotebook.pipeline.ScheduledConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Decides what becomes of the times that have come, and makes the runs. Use it under the folder's lock. */
final class Dispatcher {

    /** More than this wait only where a schedule comes faster than its runs go, for ever. */
    private static final int MOST_WAITING = 1_000;

    private record Version(FileTime modified, long size) {}

    private record Parsed(Version version, Optional<Schedule> schedule) {}

    private final ScheduleFolder folder;
    private final Firings firings;
    private final Duration grace;
    private final Consumer<String> messages;
    private final Map<String, Parsed> parsed = new HashMap<>();

    Dispatcher(ScheduleFolder folder, Firings firings, Duration grace, Consumer<String> messages) {
        this.folder = folder;
        this.firings = firings;
        this.grace = grace;
        this.messages = messages;
    }

    void dispatch(Instant now) throws IOException {
        firings.recover(folder::readState);
        Map<String, Path> configs = folder.configs();
        parsed.keySet().retainAll(configs.keySet());
        for (Map.Entry<String, Path> config : configs.entrySet()) {
            String name = config.getKey();
            Optional<Schedule> schedule = schedule(name, config.getValue());
            if (schedule.isPresent() && !folder.isPaused(name)) {
                dispatch(name, config.getValue(), schedule.get(), now);
            }
        }
    }

    /** The schedule of a file; empty when it is broken, which is told once. */
    private Optional<Schedule> schedule(String name, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Version version = new Version(attributes.lastModifiedTime(), attributes.size());
        Parsed known = parsed.get(name);
        if (known != null && known.version().equals(version)) {
            return known.schedule();
        }
        Optional<Schedule> schedule = Optional.empty();
        try {
            schedule = Optional.of(ScheduledConfig.read(file).schedule());
        } catch (ConfigException e) {
            messages.accept(name + ": it does not run until its schedule is mended:\n" + e.getMessage());
        }
        parsed.put(name, new Parsed(version, schedule));
        return schedule;
    }

    private void dispatch(String name, Path file, Schedule schedule, Instant now) throws IOException {
        Optional<ScheduleState> before = folder.readState(name);
        if (before.isEmpty() && folder.hasBrokenState(name)) {
            messages.accept(
                    name + ": how far it had come cannot be read any more, so it begins anew: a time that was missed"
                            + " before does not run");
        }
        ScheduleState state = ScheduleState.of(schedule, before, now);
        Optional<Instant> due = schedule.latest(state.decided(), now);
        if (due.isPresent()) {
            state = decide(name, schedule, state, due.get(), now);
        }
        if (!state.waiting().isEmpty() && (schedule.overlap() == Overlap.ALLOW || !firings.isActive(name))) {
            fire(name, file, state, state.waiting().get(0));
        } else if (!before.equals(Optional.of(state))) {
            folder.writeState(name, state);
        }
    }

    /** What is to run waits; where runs may overlap, or none is active, not for long. */
    private ScheduleState decide(String name, Schedule schedule, ScheduleState before, Instant due, Instant now)
            throws IOException {
        ScheduleState state = before.decided(due);
        if (schedule.misfire() == Misfire.SKIP && due.isBefore(now.minus(grace))) {
            messages.accept(name + ": its time " + schedule.told(due) + " was missed, and is skipped");
            return state;
        }
        boolean skipped = switch (schedule.overlap()) {
            case ALLOW -> false;
            case QUEUE -> state.waiting().size() >= MOST_WAITING;
            case SKIP -> !state.waiting().isEmpty() || firings.isActive(name);
        };
        if (skipped) {
            messages.accept(name + ": its time " + schedule.told(due) + " is skipped, as "
                    + (schedule.overlap() == Overlap.QUEUE ? MOST_WAITING + " others wait" : "the run before goes on"));
            return state;
        }
        return state.queued(due);
    }

    private void fire(String name, Path file, ScheduleState state, Instant time) throws IOException {
        firings.stage(name, time, ScheduledConfig.read(file).unscheduled(name));
        folder.writeState(name, state.fired(time));
        firings.deliver(name, time);
        firings.clearDone(name);
    }
}
