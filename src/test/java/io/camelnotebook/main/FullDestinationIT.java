package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a disk that is full, to which the engine publishes as it is started by hand. */
class FullDestinationIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Path directory;
    private SmallDisk disk;

    @BeforeEach
    void writeNotebook(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.writeFakeKernelSpec(directory);
        Notebooks.write(directory.resolve("n.ipynb"), "flood 3000");
        disk = new SmallDisk(Files.createDirectories(directory.resolve("shared")));
    }

    @AfterEach
    void unmount() throws InterruptedException {
        disk.close();
    }

    private void config(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{publish: ['file:shared/in'], jobs: {a: {kernel: fake, notebook: '" + directory.resolve("n.ipynb")
                        + "', label: a, parameters: {}}}}");
    }

    /** All that is there, also what is hidden. */
    private List<String> arrived() throws IOException {
        Path in = disk.content().resolve("in");
        if (Files.notExists(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> complete() throws IOException {
        return arrived().stream().filter(name -> !name.startsWith(".")).toList();
    }

    private void assertThatBothAreWhole() throws IOException {
        assertThat(arrived()).containsExactly("n_a.ipynb", "n_a.json");
        for (String name : List.of("n_a.ipynb", "n_a.json")) {
            assertThat(disk.content().resolve("in").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("outputs/n/a").resolve(name));
        }
    }

    private List<String> states() {
        return Jdbi.create("jdbc:sqlite:" + directory.resolve("outputs/runs.db"))
                .withHandle(handle -> handle.createQuery("SELECT state FROM publication")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void aDiskThatIsFullGetsTheWholeFilesWhenThereIsRoom() throws Exception {
        Files.createDirectories(directory.resolve("configs"));
        try (Engine engine = Engine.startOn(disk, directory, "-Dnotebook.publish.delay=200", "watch")) {
            config(directory.resolve("configs/p.yaml"));
            await().atMost(LIMIT).until(engine::err, err -> err.contains("trying again, 2 of 7"));
            assertThat(engine.err())
                    .containsPattern("WARN +Not delivered: n_a.ipynb to file:shared/in: .*No space left on device")
                    .doesNotContain("\tat ");
            assertThat(complete()).doesNotContain("n_a.ipynb");
            disk.makeRoom();

            await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("configs/.done")));
            assertThatBothAreWhole();
            assertThat(states()).containsExactly("delivered", "delivered");
        }
    }

    @Test
    void whatADiskThatStaysFullDoesNotTakeIsKeptAndSentAgainByHand() throws Exception {
        config(directory.resolve("p.yaml"));
        String[] soon = {"-Dnotebook.publish.delay=50", "-Dnotebook.publish.retries=2"};
        try (Engine engine = Engine.startOn(disk, directory, soon[0], soon[1], "run", "p.yaml")) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
            assertThat(engine.err())
                    .containsPattern("undelivered +a +n_a.ipynb to file:shared/in: .*No space left on device")
                    .doesNotContain("\tat ");
            assertThat(engine.out()).contains("1 succeeded");
        }
        // Neither a part of the notebook, nor the record, which has room, of a notebook that is not there.
        assertThat(arrived()).isEmpty();
        assertThat(Notebooks.printed(directory.resolve("outputs/n/a/n_a.ipynb")))
                .startsWith("line 0\n")
                .endsWith("line 2999\n");
        disk.makeRoom();

        try (Engine again = Engine.startOn(disk, directory, "publish", "--retry")) {
            assertThat(again.exitStatus()).as(again.err()).isZero();
            assertThat(again.err()).contains("everything is delivered");
        }
        assertThatBothAreWhole();
    }
}
