package io.camelnotebook.component;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The config files that one watcher has claimed, in a folder of its own under {@code .running/}. The watcher holds a
 * lock as long as it lives; the operating system releases it when it is killed, and the next watcher to start puts back
 * what the dead one had claimed.
 */
public final class Claims implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final Pattern TIME = Pattern.compile("^(\\d{8}-\\d{6}-\\d{3}-)+");
    private static final Pattern LATER_TIMES = Pattern.compile("^(\\d{8}-\\d{6}-\\d{3}-)+(?=\\d{8}-\\d{6}-\\d{3}-)");

    private final Path folder;
    private final FileChannel channel;

    private Claims(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Knows claims whose runs have ended although nobody moved the file any more. */
    @FunctionalInterface
    public interface Ended {

        /**
         * What went wrong, a line each: nothing if the run was flawless; empty if it has not ended, or never began.
         *
         * @param claim the name under which the file was claimed first
         */
        Optional<List<String>> problems(String claim, @Nullable String sha256);
    }

    /**
     * Opens an empty folder of claims. What dead watchers had claimed goes where it belongs if its run has ended; else it
     * goes back into the watched folder, with the name of its claim, by which its run is found.
     *
     * @param configs the watched folder
     */
    public static Claims open(Path configs, Ended ended) throws IOException {
        Path running = Files.createDirectories(configs.resolve(".running"));
        try (DirectoryStream<Path> watchers = Files.newDirectoryStream(running, Files::isDirectory)) {
            for (Path watcher : watchers) {
                putBack(watcher, configs, ended);
            }
        }
        Path own = Files.createDirectory(running.resolve(UUID.randomUUID().toString()));
        return new Claims(own, lock(own).orElseThrow(() -> new IOException("cannot lock " + own)));
    }

    /** The folder, relative to the watched one. */
    public String folder() {
        return ".running/" + folder.getFileName();
    }

    private static void putBack(Path watcher, Path configs, Ended ended) throws IOException {
        Optional<FileChannel> lock = lock(watcher);
        if (lock.isEmpty()) {
            return;
        }
        try (FileChannel held = lock.get();
                DirectoryStream<Path> claims = Files.newDirectoryStream(watcher)) {
            for (Path claim : claims) {
                String name = claim.getFileName().toString();
                if (!name.equals(LOCK)) {
                    putBack(claim, configs, ended.problems(firstName(name), Checksum.ofFile(claim)));
                }
            }
            Files.deleteIfExists(watcher.resolve(LOCK));
            Files.deleteIfExists(watcher);
        }
    }

    private static void putBack(Path claim, Path configs, Optional<List<String>> problems) throws IOException {
        String name = claim.getFileName().toString();
        String end =
                problems.map(lines -> lines.isEmpty() ? ".done" : ".failed").orElse(".");
        Path folder = Files.createDirectories(configs.resolve(end).normalize());
        // A name that grew with every claim would become too long for a file.
        Path first = folder.resolve(firstName(name));
        Path target = Files.exists(first) ? folder.resolve(name) : first;
        if (end.equals(".failed")) {
            byte[] text = (String.join("\n", problems.orElseThrow()) + "\n").getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(
                    folder.resolve(target.getFileName() + ".error.txt"),
                    Durability.PROCESS_CRASH,
                    out -> out.write(text));
        }
        Files.move(claim, target);
    }

    /** The name that a file had before it was claimed: a claim's name begins with its time, and one that was put back keeps it. */
    static String originalName(String claim) {
        return TIME.matcher(claim).replaceFirst("");
    }

    /** The name that a file got when it was claimed first, which it keeps when it is put back and claimed again. */
    static String firstName(String claim) {
        return LATER_TIMES.matcher(claim).replaceFirst("");
    }

    /** Locks a watcher's folder; empty if its watcher lives. */
    private static Optional<FileChannel> lock(Path watcher) throws IOException {
        FileChannel channel =
                FileChannel.open(watcher.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(channel);
    }

    /** Gives the folder up; what is still claimed is put back by the next watcher. */
    @Override
    public void close() throws IOException {
        channel.close();
        try (Stream<Path> left = Files.list(folder)) {
            if (left.allMatch(file -> file.endsWith(LOCK))) {
                Files.delete(folder.resolve(LOCK));
                Files.delete(folder);
            }
        }
    }
}
