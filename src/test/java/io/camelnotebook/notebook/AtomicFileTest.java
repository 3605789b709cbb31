package io.camelnotebook.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelnotebook.notebook.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {

    private final Path folder;

    AtomicFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsWrittenAndItsFoldersMade(Durability durability) throws IOException {
        Path file = folder.resolve("a/b/c.txt");

        AtomicFile.write(file, durability, out -> out.write("new".getBytes()));

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void theOldContentStaysUntilTheNewIsComplete() throws IOException {
        Path file = Files.writeString(folder.resolve("n.ipynb"), "old");

        AtomicFile.write(file, Durability.PROCESS_CRASH, out -> {
            out.write("ne".getBytes());
            out.flush();
            assertThat(file).hasContent("old");
            out.write("w".getBytes());
            out.close();
        });

        assertThat(file).hasContent("new");
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("n.ipynb"), "old");

        assertThatThrownBy(() -> AtomicFile.write(file, Durability.MACHINE_CRASH, out -> {
                    out.write("half".getBytes());
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void permissionsOfTheOldFileAreKept() throws IOException {
        Path file = Files.writeString(folder.resolve("n.ipynb"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        AtomicFile.write(file, Durability.PROCESS_CRASH, out -> out.write('n'));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("real.ipynb"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.ipynb"), file);

        AtomicFile.write(link, Durability.PROCESS_CRASH, out -> out.write('n'));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("n");
    }

    @Test
    void aDeviceIsWrittenToAndStaysADevice() throws IOException {
        Path device = Path.of("/dev/null");

        AtomicFile.write(device, Durability.PROCESS_CRASH, out -> out.write('n'));

        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void aFolderIsNotReplaced() {
        assertThatThrownBy(() -> AtomicFile.write(folder, Durability.PROCESS_CRASH, out -> out.write('n')))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
