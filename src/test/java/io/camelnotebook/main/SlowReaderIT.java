package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that reads outputs more slowly than a kernel writes them, as on a machine that is busy. */
class SlowReaderIT {

    private static final int LINES = 30_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dnotebook.kernel-start=fresh",
                "-Dnotebook.kernel-transport=zmq",
                "-Dnotebook.kernel-transport=socket"
            })
    void nothingIsLostThatAKernelPublishesWhileTheEngineStandsStill(String start, @TempDir Path folder)
            throws Exception {
        Notebooks.write(
                folder.resolve("in.ipynb"),
                "import pathlib, time",
                "pathlib.Path('begun').touch()\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)\n"
                        + "for i in range(" + LINES + "): print(i, flush=True)");

        try (Engine engine = Engine.start(folder, start, "execute", "in.ipynb", "out.ipynb")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("begun")));
            engine.signal("STOP");
            Files.createFile(folder.resolve("go"));
            engine.goOnFor(Duration.ofSeconds(4));
            engine.signal("CONT");

            assertThat(engine.exitStatus()).as(engine.err()).isZero();
        }
        List<String> missing = new ArrayList<>(
                IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
        missing.removeAll(Notebooks.printed(folder.resolve("out.ipynb")).lines().collect(Collectors.toSet()));
        assertThat(missing).isEmpty();
    }
}
