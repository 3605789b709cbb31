package io.camelnotebook.notebook;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files so that a reader sees either the old content or the new, never a part of it. */
public final class AtomicFile {

    /** What must be true when a write returns. */
    public enum Durability {
        /** The content outlives the process; a crash of the machine may lose it. */
        PROCESS_CRASH,
        /** The content is on the disk. Costs an fsync of the file and of its folder. */
        MACHINE_CRASH
    }

    /** What writes the content; the stream is closed by the caller. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a file by way of a temporary one in the same folder, which is removed if anything fails; the old file
     * then stays as it was. Makes missing folders, follows symbolic links and keeps the permissions of the old file.
     * A pipe or a device, which cannot be replaced, is written to directly.
     *
     * @throws IOException if the content or the file system does
     */
    public static void write(Path file, Durability durability, Content content) throws IOException {
        Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        Path folder = target.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        Path temporary = folder.resolve(".camel-notebook-%016x.tmp"
                .formatted(ThreadLocalRandom.current().nextLong()));
        try {
            writeNew(temporary, durability, content);
            copyPermissions(target, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (Throwable e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        if (durability == Durability.MACHINE_CRASH) {
            syncFolder(folder);
        }
    }

    private static void writeNew(Path temporary, Durability durability, Content content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(new Unclosed(Channels.newOutputStream(channel)));
            if (durability == Durability.MACHINE_CRASH) {
                channel.force(true);
            }
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        // Windows cannot open a folder, and makes renames durable by itself.
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Keeps the channel open for its fsync when the content closes the stream. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
