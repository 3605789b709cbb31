package io.camelnotebook.run;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file with the results of a map, which grows by whole chunks. Not thread-safe. */
final class MapResults {

    private final Path file;

    MapResults(Path file) {
        this.file = file;
    }

    /**
     * Gives the file the size that it is known to have: what was appended and not noted before a crash goes.
     *
     * @throws IOException if it is shorter, as somebody else changed it
     */
    void truncate(long size) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            if (channel.size() < size) {
                throw new EOFException(file + " has " + channel.size() + " bytes, and had " + size
                        + " when the run was interrupted: run the job again from its beginning");
            }
            channel.truncate(size);
        }
    }

    /** Appends the results of a chunk, and says how large the file is now. */
    long append(Path chunk) throws IOException {
        try (FileChannel from = FileChannel.open(chunk);
                FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            long end = to.size();
            to.position(end);
            long size = from.size();
            for (long done = 0; done < size; ) {
                done += from.transferTo(done, size - done, to);
            }
            return end + size;
        }
    }
}
