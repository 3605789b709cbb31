package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A virtual environment of our own, for machines whose Pythons have no ipykernel. It is made when it is first asked for,
 * once for all engines of the user, and again when what it should hold has changed. Thread-safe.
 */
public final class PrivateEnvironment {
    /** File locks are between processes; this one is between the threads of ours. */
    private static final ReentrantLock OWN_LOCK = new ReentrantLock();

    private final Path folder;
    private final String requirements;
    private final Consumer<String> progress;
    private final PrivateEnvironmentBuilder builder;

    /**
     * @param progress is told, in a sentence each, what takes long
     */
    public PrivateEnvironment(SystemEnvironment environment, Interpreters interpreters, Consumer<String> progress) {
        this(environment, interpreters, PackagedText.read("requirements.txt"), progress);
    }

    PrivateEnvironment(
            SystemEnvironment environment, Interpreters interpreters, String requirements, Consumer<String> progress) {
        this.folder = environment.dataHome().resolve("python");
        this.requirements = requirements;
        this.progress = progress;
        this.builder = new PrivateEnvironmentBuilder(environment, interpreters);
    }

    /** The environment's Python, if it is complete already. */
    public Optional<Path> existing() {
        return Optional.of(folder.resolve("bin/python")).filter(python -> isComplete() && Files.isExecutable(python));
    }

    /**
     * The environment's Python, which is made first if need be: that takes about a minute, and the network.
     *
     * @throws PrivateEnvironmentException if it can't be made; nothing usable is left behind then
     */
    public Path python() {
        return existing().orElseGet(() -> {
            OWN_LOCK.lock();
            try {
                return madeOnce();
            } catch (IOException e) {
                throw new PrivateEnvironmentException(
                        "The Python environment for kernels can't be made in " + folder + ": " + e
                                + ". Make that folder writable, or set XDG_DATA_HOME to one that is.",
                        e);
            } finally {
                OWN_LOCK.unlock();
            }
        });
    }

    private Path madeOnce() throws IOException {
        Files.createDirectories(folder);
        Path lockFile = folder.resolveSibling("python.lock");
        // Closing the channel gives the lock back.
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel);
            Optional<Path> python = existing();
            if (python.isEmpty()) {
                progress.accept("Creating a Python environment in " + folder + " (once, about a minute)");
                builder.build(folder, requirements);
                Files.writeString(marker(), fingerprint());
                python = existing();
            }
            return python.orElseThrow(() -> new IOException(folder + " has no bin/python"));
        }
    }

    private void lock(FileChannel channel) throws IOException {
        if (channel.tryLock() == null) {
            progress.accept("Waiting for another process that is creating the Python environment in " + folder);
            channel.lock();
        }
    }

    private boolean isComplete() {
        try {
            return Files.readString(marker()).equals(fingerprint());
        } catch (IOException e) {
            return false;
        }
    }

    /** Written last, and deleted with the rest before anything is made anew. */
    private Path marker() {
        return folder.resolve(".complete");
    }

    private String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(requirements.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
