package io.camelnotebook.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoneConfigsTest {

    private final Path done;
    private final Firings firings;

    DoneConfigsTest(@TempDir Path configs) throws IOException {
        done = Files.createDirectory(configs.resolve(".done"));
        firings = new Firings(configs, configs.resolve(".scheduled/.staged"));
    }

    /** As it is called after its claim, which may have been put back and claimed again. */
    private void add(String claims, String pipeline, int minute) throws IOException {
        String time =
                Instant.parse("2026-11-21T12:00:00Z").plusSeconds(60L * minute).toString();
        Files.createFile(done.resolve(claims + pipeline + "." + time.replaceAll("[-:]", "") + ".json"));
    }

    @Test
    void theLastHundredOfEachScheduleAreKeptAndFilesOfPeopleToo() throws IOException {
        for (int minute = 0; minute < 103; minute++) {
            add("20261122-000000-" + (900 - minute) + "-", "nightly", minute);
        }
        add("", "hourly", 0);
        Files.createFile(done.resolve("20261122-000000-000-nightly.json"));
        Files.createFile(done.resolve("20261122-000000-000-nightly.20261121T115900Z.yaml"));

        firings.clearDone("nightly");

        try (Stream<Path> files = Files.list(done)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(103)
                    .contains("hourly.20261121T120000Z.json", "20261122-000000-000-nightly.json")
                    .contains("20261122-000000-897-nightly.20261121T120300Z.json")
                    .doesNotContain("20261122-000000-898-nightly.20261121T120200Z.json");
        }
    }

    @Test
    void withoutAnyThereIsNothingToDo() throws IOException {
        Files.delete(done);
        firings.clearDone("nightly");
        assertThat(done).doesNotExist();
    }
}
