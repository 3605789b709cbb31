package io.camelnotebook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapResultsTest {

    private final Path folder;
    private final Path file;
    private final MapResults results;

    MapResultsTest(@TempDir Path folder) {
        this.folder = folder.resolve("n/a");
        file = this.folder.resolve("n_a_results.jsonl");
        results = new MapResults(this.folder.resolve("n_a.ipynb"));
    }

    private long append(int number, String content) throws IOException {
        Files.writeString(results.ofChunk(number), content);
        return results.append(number);
    }

    @Test
    void aMapWithoutItemsLeavesAnEmptyFile() throws IOException {
        results.begin();
        results.close();

        assertThat(file).isEmptyFile();
        assertThat(folder).isDirectoryNotContaining("glob:**chunks");
    }

    @Test
    void itGrowsByWholeChunksAndSaysHowLargeItIs() throws IOException {
        results.begin();

        assertThat(append(1, "ä\n")).isEqualTo(3);
        assertThat(append(2, "")).isEqualTo(3);
        assertThat(append(3, "b\n")).isEqualTo(5);
        assertThat(file).hasContent("ä\nb\n");
    }

    @Test
    void theResultsOfTheRunBeforeAreKeptUnderTheirOwnName() throws IOException {
        results.begin();
        append(1, "old\n");

        results.begin();

        assertThat(file).isEmptyFile();
        assertThat(folder.resolve("n_a_results_backup.jsonl")).hasContent("old\n");
        assertThat(results.ofChunk(1)).doesNotExist();
    }

    @Test
    void whatWasNotNotedGoes() throws IOException {
        results.begin();
        long noted = append(1, "a\n");
        append(2, "b\n");

        results.goOn(noted);

        assertThat(file).hasContent("a\n");
    }

    @Test
    void aFileThatHasBecomeShorterIsToldAndStaysAsItIs() throws IOException {
        results.begin();
        append(1, "a\n");

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> results.goOn(9))
                .withMessageContaining("n_a_results.jsonl has 2 bytes, and had 9 when the run was interrupted");
        assertThat(file).hasContent("a\n");
    }
}
