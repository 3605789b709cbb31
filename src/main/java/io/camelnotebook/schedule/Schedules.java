package io.camelnotebook.schedule;

import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.pipeline.ScheduledConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The pipelines that are registered with a watched folder. All of it is in files, so that it outlives processes, and
 * several processes may use one folder at once. Thread-safe.
 */
public final class Schedules {

    private static final int NEXT_TIMES = 3;

    /** A watcher looks every second; a busy machine may take some more. */
    private static final Duration UNWATCHED = Duration.ofSeconds(10);

    private final ScheduleFolder folder;
    private final Firings firings;
    private final Dispatcher dispatcher;
    private final Clock clock;

    /**
     * The schedules of a watched folder.
     *
     * @param configs the watched folder
     * @param grace how late a time may be noticed without having been missed
     * @param messages takes what people should know, such as a time that is skipped
     */
    public Schedules(Path configs, Duration grace, Consumer<String> messages, Clock clock) {
        this.clock = clock;
        folder = new ScheduleFolder(configs.resolve(".scheduled"));
        firings = new Firings(configs, folder.staged());
        dispatcher = new Dispatcher(folder, firings, grace, messages);
    }

    /**
     * Makes the runs that are due: each is a config file in the watched folder, which is written once, by whichever
     * process is the first to come, and however often processes are killed meanwhile. Of several times since the last
     * call the last one counts.
     */
    public synchronized void fire() throws IOException {
        if (folder.exists()) {
            try (FileChannel lock = folder.lock()) {
                Instant now = clock.instant();
                folder.touch(now);
                dispatcher.dispatch(now);
            }
        }
    }

    /**
     * Registers a pipeline, instead of any of its name. If it was registered with the same times before it goes on as
     * before, and stays paused if it was; otherwise it begins now.
     *
     * @param content a config file with a schedule, which was checked
     * @param name the pipeline's name
     */
    public synchronized RegisteredSchedule register(Path content, String name) throws IOException {
        byte[] text = Files.readAllBytes(content);
        try (FileChannel lock = folder.lock()) {
            if (!folder.configs().containsKey(name)) {
                // Somebody may have deleted the file alone: what was missed since then was not to run.
                folder.remove(name);
            }
            Path file = folder.write(name, content, text);
            ScheduledConfig config = ScheduledConfig.read(file);
            Instant now = clock.instant();
            folder.writeState(name, ScheduleState.of(config.schedule(), folder.readState(name), now));
            return look(name, file, now);
        }
    }

    /** All of them by name, as they stand. */
    public synchronized List<RegisteredSchedule> list() throws IOException {
        List<RegisteredSchedule> all = new ArrayList<>();
        if (folder.exists()) {
            try (FileChannel lock = folder.lock()) {
                Instant now = clock.instant();
                for (Map.Entry<String, Path> config : folder.configs().entrySet()) {
                    all.add(look(config.getKey(), config.getValue(), now));
                }
            }
        }
        return all;
    }

    /** Whether something watches the folder, without which nothing of it runs. */
    public boolean isWatched() throws IOException {
        Instant now = clock.instant();
        return folder.lastWatched()
                .filter(last -> last.isAfter(now.minus(UNWATCHED)))
                .isPresent();
    }

    private RegisteredSchedule look(String name, Path file, Instant now) throws IOException {
        Optional<ScheduleState> state = folder.readState(name);
        boolean paused = folder.isPaused(name);
        boolean running = firings.isActive(name);
        int waiting = state.map(one -> one.waiting().size()).orElse(0);
        Optional<Instant> fired = state.flatMap(ScheduleState::fired);
        try {
            var schedule = ScheduledConfig.read(file).schedule();
            List<Instant> next = paused ? List.of() : schedule.next(now, NEXT_TIMES);
            return new RegisteredSchedule(
                    name, Optional.of(schedule), Optional.empty(), paused, running, waiting, fired, next);
        } catch (ConfigException e) {
            return new RegisteredSchedule(
                    name,
                    Optional.empty(),
                    Optional.ofNullable(e.getMessage()),
                    paused,
                    running,
                    waiting,
                    fired,
                    List.of());
        }
    }

    /** Forgets one. A run of it that goes on is not touched. */
    public synchronized void remove(String name) throws IOException {
        try (FileChannel lock = locked(name)) {
            folder.remove(name);
        }
    }

    /** Lets the times of one pass without a run until it is resumed. A run of it that goes on is not touched. */
    public synchronized void pause(String name) throws IOException {
        try (FileChannel lock = locked(name)) {
            folder.pause(name);
        }
    }

    /** Lets one run again from now on: the times that passed while it was paused are not missed ones. */
    public synchronized void resume(String name) throws IOException {
        try (FileChannel lock = locked(name)) {
            Optional<ScheduleState> state = folder.readState(name);
            if (folder.isPaused(name) && state.isPresent()) {
                folder.writeState(name, state.get().decided(clock.instant()));
            }
            folder.resume(name);
        }
    }

    /** The folder's lock, if the name is one of a registered pipeline. */
    private FileChannel locked(String name) throws IOException {
        if (!folder.exists()) {
            throw unknown(name, List.of());
        }
        FileChannel lock = folder.lock();
        List<String> names = List.copyOf(folder.configs().keySet());
        if (!names.contains(name)) {
            lock.close();
            throw unknown(name, names);
        }
        return lock;
    }

    private NoSuchElementException unknown(String name, List<String> names) {
        return new NoSuchElementException("there is no schedule '" + name + "' in " + folder + " ("
                + (names.isEmpty() ? "there are none" : "there are: " + String.join(", ", names)) + ")");
    }
}
