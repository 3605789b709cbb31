package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of 256 KB that is full until there is {@link #makeRoom() room}, mounted on a folder for those processes alone that
 * {@link #before} starts. It needs no rights: Linux lets everybody mount one where nobody else sees it.
 */
final class SmallDisk implements AutoCloseable {

    /** Leaves 16 KB, so that a larger file is begun and cannot be completed. */
    private static final String MOUNT = "mount -t tmpfs -o size=256k disk \"$0\""
            + " && head -c 245760 /dev/zero > \"$0/others\" && echo mounted && exec cat";

    private static final String IN_DIRECTORY = "cd \"$0\" && exec \"$@\"";

    private final Process holder;
    private final Path folder;

    /** @param folder which is there */
    SmallDisk(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        holder = new ProcessBuilder(
                        "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, this.folder.toString())
                .redirectErrorStream(true)
                .start();
        // Not closed: what the process writes to is what tells it that we are gone.
        BufferedReader out = holder.inputReader();
        assertThat(out.readLine())
                .as("what a process says that mounts a file system of its own, without rights")
                .isEqualTo("mounted");
    }

    /** The beginning of a command that runs the rest of it in a directory, where the disk is mounted. */
    List<String> before(Path directory) {
        String pid = Long.toString(holder.pid());
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", pid));
        command.addAll(List.of("--user", "--preserve-credentials", "--mount"));
        command.addAll(
                List.of("sh", "-c", IN_DIRECTORY, directory.toAbsolutePath().toString()));
        return command;
    }

    /** What is on it, as seen from here, where it is not mounted. */
    Path content() {
        return Path.of("/proc/" + holder.pid() + "/root" + folder);
    }

    void makeRoom() throws IOException {
        Files.delete(content().resolve("others"));
    }

    @Override
    public void close() throws InterruptedException {
        holder.destroyForcibly();
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
