package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watcher does with the claims of one that died: nobody holds the lock of their folder any more. */
class TakenOverClaimsTest {

    private static final String NAME = "20260314-092653-123-x.yaml";

    private final Path configs;

    TakenOverClaimsTest(@TempDir Path configs) throws IOException {
        this.configs = configs;
        Path dead = Files.createDirectories(configs.resolve(".running/dead"));
        Files.writeString(dead.resolve(NAME), "jobs: {}");
    }

    private void takeOver(Optional<List<String>> problems) throws IOException {
        Claims.open(configs, (claim, sha256) -> claim.equals(NAME) ? problems : Optional.empty())
                .close();
    }

    @Test
    void aConfigWhoseRunFailedIsBesideWhatWentWrong() throws IOException {
        takeOver(Optional.of(List.of("job 'a' failed: ValueError: Ü", "job 'b' skipped: it needs 'a'")));

        assertThat(configs.resolve(".failed/" + NAME)).exists();
        assertThat(configs.resolve(".failed/" + NAME + ".error.txt"))
                .hasContent("job 'a' failed: ValueError: Ü\njob 'b' skipped: it needs 'a'");
        assertThat(configs.resolve(".running")).isEmptyDirectory();
    }

    @Test
    void aConfigWhoseRunWasFlawlessIsDone() throws IOException {
        takeOver(Optional.of(List.of()));

        assertThat(configs.resolve(".done/" + NAME)).exists();
        assertThat(configs.resolve(".failed")).doesNotExist();
    }

    @Test
    void aConfigWhoseRunDidNotEndIsTakenAgain() throws IOException {
        takeOver(Optional.empty());

        assertThat(configs.resolve(NAME)).exists();
    }
}
