package io.camelnotebook.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The files of a map, beside the executed notebook: its results, which grow by whole chunks, and while it goes on a folder
 * with those of the chunks. Not thread-safe.
 */
final class MapResults {

    private final Path file;
    private final Path backup;
    private final Path chunks;

    /** @param notebook the executed notebook */
    MapResults(Path notebook) {
        String name = notebook.getFileName().toString().replaceFirst("\\.ipynb$", "");
        file = notebook.resolveSibling(name + "_results.jsonl");
        backup = notebook.resolveSibling(name + "_results_backup.jsonl");
        chunks = notebook.resolveSibling(name + "_chunks");
    }

    /** The results of all items. */
    Path file() {
        return file;
    }

    /** The results of a chunk. Its folder is there once the results were opened. */
    Path ofChunk(int number) {
        return chunks.resolve(number + ".jsonl");
    }

    /** Items that are in no file of the user's. */
    Path items() {
        return chunks.resolve("items.jsonl");
    }

    /** Begins anew: the results of an earlier run get another name. */
    void begin() throws IOException {
        close();
        Files.createDirectories(chunks);
        if (Files.exists(file)) {
            Files.move(file, backup, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(file);
    }

    /**
     * Goes on with a file of the size that it is known to have: what was appended and not noted before a crash goes.
     *
     * @throws IOException if it is shorter, as somebody else changed it
     */
    void goOn(long size) throws IOException {
        Files.createDirectories(chunks);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            if (channel.size() < size) {
                throw new EOFException(file + " has " + channel.size() + " bytes, and had " + size
                        + " when the run was interrupted; put it back, or begin a new run");
            }
            channel.truncate(size);
        }
    }

    /** Appends the results of a chunk, and says how large the file is now; it is on disk then. */
    long append(int number) throws IOException {
        try (FileChannel from = FileChannel.open(ofChunk(number));
                FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long end = to.size();
            to.position(end);
            long size = from.size();
            for (long done = 0; done < size; ) {
                done += from.transferTo(done, size - done, to);
            }
            to.force(false);
            return end + size;
        }
    }

    /** Writes what becomes of a chunk that no kernel could do. */
    void write(int number, String line) throws IOException {
        Files.writeString(ofChunk(number), line + "\n", StandardCharsets.UTF_8);
    }

    /** Forgets the file of a chunk, which has been appended. */
    void remove(int number) throws IOException {
        Files.deleteIfExists(ofChunk(number));
    }

    /** Removes the files of all chunks. */
    void close() throws IOException {
        if (!Files.exists(chunks)) {
            return;
        }
        try (Stream<Path> files = Files.walk(chunks)) {
            files.sorted(Comparator.reverseOrder()).forEach(MapResults::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
