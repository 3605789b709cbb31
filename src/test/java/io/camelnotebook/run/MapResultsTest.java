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
        this.folder = folder;
        file = folder.resolve("n/a/n_a_results.jsonl");
        results = new MapResults(file);
    }

    private Path chunk(String content) throws IOException {
        return Files.writeString(folder.resolve("chunk"), content);
    }

    @Test
    void aMapWithoutItemsLeavesAnEmptyFile() throws IOException {
        results.truncate(0);

        assertThat(file).isEmptyFile();
    }

    @Test
    void itGrowsByWholeChunksAndSaysHowLargeItIs() throws IOException {
        results.truncate(0);

        assertThat(results.append(chunk("ä\n"))).isEqualTo(3);
        assertThat(results.append(chunk(""))).isEqualTo(3);
        assertThat(results.append(chunk("b\n"))).isEqualTo(5);
        assertThat(file).hasContent("ä\nb\n");
    }

    @Test
    void whatWasNotNotedGoes() throws IOException {
        results.truncate(0);
        long noted = results.append(chunk("a\n"));
        results.append(chunk("b\n"));

        results.truncate(noted);

        assertThat(file).hasContent("a\n");
    }

    @Test
    void aFileThatHasBecomeShorterIsToldAndStaysAsItIs() throws IOException {
        results.truncate(0);
        results.append(chunk("a\n"));

        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> results.truncate(9))
                .withMessageContaining("n_a_results.jsonl has 2 bytes, and had 9 when the run was interrupted");
        assertThat(file).hasContent("a\n");
    }
}
