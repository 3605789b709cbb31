package io.camelnotebook.schedule;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder {@code .scheduled} in a watched folder, where registered pipelines are: for each its config file, beside it a
 * {@code .fired} that says how far it has come, and while it is paused an empty {@code .paused}.
 */
final class ScheduleFolder {

    private static final String LOCK = "lock";

    private static final Pattern CONFIG = Pattern.compile("(?<name>[^.].*)\\.(?:json|ya?ml)");

    private static final List<String> EXTENSIONS = List.of(".json", ".yaml", ".yml");

    private final Path folder;

    ScheduleFolder(Path folder) {
        this.folder = folder;
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Keeps all other processes out until it is closed; those wait meanwhile. */
    FileChannel lock() throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Notes that somebody watches. */
    void touch(Instant now) throws IOException {
        Files.setLastModifiedTime(folder.resolve(LOCK), FileTime.from(now));
    }

    /** When somebody watched last; empty if nobody ever did. */
    Optional<Instant> lastWatched() throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(folder.resolve(LOCK)).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path staged() {
        return folder.resolve(".staged");
    }

    /** The registered config files by the names of their pipelines. */
    Map<String, Path> configs() throws IOException {
        Map<String, Path> configs = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = CONFIG.matcher(file.getFileName().toString());
                if (name.matches() && Files.isRegularFile(file)) {
                    configs.put(name.group("name"), file);
                }
            }
        }
        return configs;
    }

    /**
     * Writes the config file of a pipeline instead of any it has.
     *
     * @param original tells whether it is JSON or YAML
     */
    Path write(String name, Path original, byte[] content) throws IOException {
        boolean json = original.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Path file = folder.resolve(name + (json ? ".json" : ".yaml"));
        AtomicFile.write(file, Durability.MACHINE_CRASH, out -> out.write(content));
        for (String other : EXTENSIONS) {
            Path old = folder.resolve(name + other);
            if (!old.equals(file)) {
                Files.deleteIfExists(old);
            }
        }
        return file;
    }

    void remove(String name) throws IOException {
        for (String extension : EXTENSIONS) {
            Files.deleteIfExists(folder.resolve(name + extension));
        }
        Files.deleteIfExists(state(name));
        Files.deleteIfExists(paused(name));
    }

    Optional<ScheduleState> readState(String name) throws IOException {
        return ScheduleState.read(state(name));
    }

    /** Whether there is a state that cannot be read any more. */
    boolean hasBrokenState(String name) throws IOException {
        return Files.exists(state(name)) && readState(name).isEmpty();
    }

    void writeState(String name, ScheduleState state) throws IOException {
        state.write(state(name));
    }

    boolean isPaused(String name) {
        return Files.exists(paused(name));
    }

    void pause(String name) throws IOException {
        AtomicFile.write(paused(name), Durability.MACHINE_CRASH, out -> {});
    }

    void resume(String name) throws IOException {
        try {
            Files.delete(paused(name));
        } catch (NoSuchFileException e) {
            // It was not paused.
        }
    }

    private Path state(String name) {
        return folder.resolve(name + ".fired");
    }

    private Path paused(String name) {
        return folder.resolve(name + ".paused");
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
