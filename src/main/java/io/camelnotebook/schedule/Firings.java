package io.camelnotebook.schedule;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The config files that schedules write into the watched folder, one for each run, called after pipeline and time. One is
 * staged first; the state that counts it as fired is written next; then it is moved, which happens once however often it is
 * tried. Use it under the folder's lock.
 */
final class Firings {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A watcher puts the time of its claim before the name. */
    private static final Pattern NAME =
            Pattern.compile("(?:\\d{8}-\\d{6}-\\d{3}-)*(?<pipeline>.+)\\.(?<time>\\d{8}T\\d{6}Z)\\.json");

    /** They are copies of the registered config, and the ledger has the runs. */
    private static final int MOST_DONE = 100;

    private final Path configs;
    private final Path staged;

    /** @param configs the watched folder */
    Firings(Path configs, Path staged) {
        this.configs = configs;
        this.staged = staged;
    }

    /** What tells how far a schedule has come. */
    interface States {
        Optional<ScheduleState> of(String pipeline) throws IOException;
    }

    private static String fileName(String pipeline, Instant time) {
        return pipeline + "." + TIME.format(time) + ".json";
    }

    /** Writes the config of a run where no watcher sees it yet. */
    void stage(String pipeline, Instant time, byte[] config) throws IOException {
        Path file = staged.resolve(fileName(pipeline, time));
        AtomicFile.write(file, Durability.MACHINE_CRASH, out -> out.write(config));
    }

    /** Hands the config over to the watchers. */
    void deliver(String pipeline, Instant time) throws IOException {
        deliver(staged.resolve(fileName(pipeline, time)));
    }

    private void deliver(Path file) throws IOException {
        Files.move(file, configs.resolve(file.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends what a dead watcher began: what its schedule's state counts as fired is delivered, the rest is dropped. */
    void recover(States states) throws IOException {
        if (!Files.isDirectory(staged)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(staged)) {
            for (Path file : left) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    Files.delete(file);
                    continue;
                }
                Instant time = Instant.from(TIME.parse(name.group("time")));
                boolean counted = states.of(name.group("pipeline"))
                        .flatMap(ScheduleState::fired)
                        .filter(fired -> !fired.isBefore(time))
                        .isPresent();
                if (counted) {
                    deliver(file);
                } else {
                    Files.delete(file);
                }
            }
        }
    }

    /** Deletes of the configs whose runs succeeded all but the newest {@value #MOST_DONE} of a pipeline's schedule. */
    void clearDone(String pipeline) throws IOException {
        Map<String, Path> done = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(configs.resolve(".done"), "*.json")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group("pipeline").equals(pipeline)) {
                    done.put(name.group("time") + file, file);
                }
            }
        } catch (NoSuchFileException e) {
            // No run has succeeded yet.
        }
        for (Path file : List.copyOf(done.values()).subList(0, Math.max(0, done.size() - MOST_DONE))) {
            Files.deleteIfExists(file);
        }
    }

    /** Whether a run of the pipeline's schedule waits to be claimed, or goes on. */
    boolean isActive(String pipeline) throws IOException {
        if (isIn(configs, pipeline)) {
            return true;
        }
        Path running = configs.resolve(".running");
        if (Files.isDirectory(running)) {
            try (DirectoryStream<Path> watchers = Files.newDirectoryStream(running)) {
                for (Path watcher : watchers) {
                    if (isIn(watcher, pipeline)) {
                        return true;
                    }
                }
            }
        }
        // It may have been claimed, or put back, while we looked elsewhere.
        return isIn(configs, pipeline);
    }

    private static boolean isIn(Path folder, String pipeline) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group("pipeline").equals(pipeline)) {
                    return true;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // A watcher that has ended meanwhile.
        }
        return false;
    }
}
