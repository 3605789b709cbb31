package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

    private final Path folder;

    FilePatternTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        for (String file : List.of("b.csv", "a.csv", "a.txt", "data/c.csv", "data/deep/d.csv", "other/e.csv")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
    }

    private List<String> files(String pattern) throws IOException {
        return new FilePattern(pattern)
                .files(folder).stream().map(Path::toString).toList();
    }

    @Test
    void aPathIsThatFileIfItIsOne() throws IOException {
        assertThat(files("data/c.csv")).containsExactly("data/c.csv");
        assertThat(files("data")).isEmpty();
        assertThat(files("nothing.csv")).isEmpty();
    }

    @Test
    void aGlobIsTheFilesOfItsOwnFolderSorted() throws IOException {
        assertThat(files("*.csv")).containsExactly("a.csv", "b.csv");
        assertThat(files("[ab].*")).containsExactly("a.csv", "a.txt", "b.csv");
        assertThat(files("*/?.csv")).containsExactly("data/c.csv", "other/e.csv");
        assertThat(files("none/*.csv")).isEmpty();
    }

    @Test
    void twoStarsAndBracesReachDeeper() throws IOException {
        assertThat(files("data/**")).containsExactly("data/c.csv", "data/deep/d.csv");
        assertThat(files("{data/deep,other}/*.csv")).containsExactly("data/deep/d.csv", "other/e.csv");
    }

    @Test
    void anAbsoluteGlobGivesAbsolutePaths() throws IOException {
        assertThat(files(folder + "/data/*.csv")).containsExactly(folder + "/data/c.csv");
    }

    @Test
    void linksToFilesCountAndThoseToFoldersAreNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("f.csv"), "f");
        Files.createSymbolicLink(folder.resolve("link.csv"), elsewhere.resolve("f.csv"));
        Files.createSymbolicLink(folder.resolve("away"), elsewhere);
        Files.createSymbolicLink(folder.resolve("broken.csv"), elsewhere.resolve("nothing"));

        assertThat(files("*.csv")).containsExactly("a.csv", "b.csv", "link.csv");
        assertThat(files("away/**")).isEmpty();
    }
}
