package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executed notebook of the run before is kept. */
class BackupTest {

    private final Path output;
    private final Path backup;

    BackupTest(@TempDir Path folder) {
        output = folder.resolve("n_a.ipynb");
        backup = folder.resolve("n_a_backup.ipynb");
    }

    @Test
    void theNotebookBeforeTakesThePlaceOfTheOneBeforeThat() throws Exception {
        Files.writeString(backup, "1");
        Files.writeString(output, "2");

        JobExecutor.backUp(output);

        assertThat(backup).hasContent("2");
        assertThat(output).doesNotExist();
    }

    @Test
    void aFirstRunHasNothingToKeep() throws Exception {
        JobExecutor.backUp(output);

        assertThat(backup).doesNotExist();
    }

    @Test
    void runsThatWriteTheSameNotebookAtTheSameTimeDoNotFailOverIt() throws Exception {
        ExecutorService runs = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            ends.add(runs.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    Files.writeString(output, "x");
                    JobExecutor.backUp(output);
                }
                return null;
            }));
        }
        runs.shutdown();

        for (Future<?> end : ends) {
            end.get();
        }
        assertThat(backup).hasContent("x");
    }
}
