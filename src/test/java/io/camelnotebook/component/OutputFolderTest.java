package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelnotebook.run.JobOutputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    private static final Map<String, String> MODEL = Map.of("model", "model.bin");

    private final Path outputs;
    private final Path working;
    private final Path place;
    private final OutputFolder folder;

    OutputFolderTest(@TempDir Path outputs, @TempDir Path working) {
        this.outputs = outputs;
        this.working = working;
        place = outputs.resolve("n_a_files");
        folder = new OutputFolder(outputs.resolve("n_a.ipynb").toString());
    }

    private static JobOutputs.Files files(Map<String, JobOutputs.Files> all, String name) {
        return Objects.requireNonNull(all.get(name));
    }

    private Map<String, JobOutputs.Files> leave(String text) throws Exception {
        folder.open();
        Files.writeString(folder.filled().resolve("model.bin"), text);
        Map<String, JobOutputs.Files> files = folder.collect(MODEL, working);
        folder.commit();
        return files;
    }

    @Test
    void whatTheJobFillsIsSeenWhenItIsWhole() throws Exception {
        folder.open();
        Files.writeString(folder.filled().resolve("model.bin"), "1");
        assertThat(place).doesNotExist();
        JobOutputs.Kept kept =
                files(folder.collect(MODEL, working), "model").files().get(0);
        folder.commit();

        assertThat(place.resolve("model.bin")).hasContent("1");
        assertThat(kept.path()).isEqualTo(place.resolve("model.bin").toString());
        assertThat(kept.bytes()).isOne();
        assertThat(kept.sha256()).isEqualTo(Checksum.of(place.resolve("model.bin")));
        assertThat(folder.filled()).doesNotExist();
    }

    @Test
    void theFolderBeforeIsKeptAsBackupAndTheOneBeforeThatIsNot() throws Exception {
        leave("1");
        leave("2");
        leave("3");

        assertThat(place.resolve("model.bin")).hasContent("3");
        assertThat(outputs.resolve("n_a_files_backup/model.bin")).hasContent("2");
        assertThat(outputs).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void filesOfTheWorkingDirectoryAreCopiedUnlessTheJobPutItsOwnIntoTheFolder() throws Exception {
        Files.createDirectories(working.resolve("plots"));
        Files.writeString(working.resolve("plots/a.png"), "a");
        Files.writeString(working.resolve("plots/b.png"), "b");
        Files.writeString(working.resolve("model.bin"), "of an earlier run");
        folder.open();
        Files.writeString(folder.filled().resolve("model.bin"), "own");
        Map<String, JobOutputs.Files> files =
                folder.collect(Map.of("model", "model.bin", "plots", "plots/*.png"), working);
        folder.commit();

        assertThat(place.resolve("model.bin")).hasContent("own");
        assertThat(files(files, "plots").glob()).isTrue();
        assertThat(files(files, "plots").files())
                .extracting(JobOutputs.Kept::path)
                .containsExactly(
                        place.resolve("plots/a.png").toString(),
                        place.resolve("plots/b.png").toString());
        assertThat(working.resolve("plots/a.png")).exists();
    }

    @Test
    void anOutputThatIsNotThereIsNamedAndTheFolderBeforeStays() throws Exception {
        leave("1");
        folder.open();
        assertThatThrownBy(() -> folder.collect(MODEL, working))
                .isInstanceOf(MissingOutputException.class)
                .hasMessageContaining("'model'")
                .hasMessageContaining("model.bin");
        folder.discard();

        assertThat(place.resolve("model.bin")).hasContent("1");
        assertThat(folder.filled()).doesNotExist();
    }

    @Test
    void anotherJobGetsCopiesOfTheFiles() throws Exception {
        Map<String, JobOutputs.Files> files = leave("1");
        OutputFolder other = new OutputFolder(outputs.resolve("n_b.ipynb").toString());
        other.open();
        Map<String, JobOutputs.Files> copied = other.copy(files, folder);
        other.commit();

        Path copy = outputs.resolve("n_b_files/model.bin");
        assertThat(copy).hasContent("1");
        assertThat(files(copied, "model").files().get(0).path()).isEqualTo(copy.toString());
        assertThat(place.resolve("model.bin")).exists();
    }
}
