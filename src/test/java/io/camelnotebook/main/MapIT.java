package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a map. */
@Timeout(180)
class MapIT {

    @Test
    void aMapIsRefusedBeforeAnythingRuns(@TempDir Path directory) throws Exception {
        Notebooks.write(directory.resolve("n.ipynb"), "def f(x):\n    return x");
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs:\n  a:\n    notebook: n.ipynb\n    map: {function: f, over: [1, 2]}\n");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(2);
        assertThat(engine.err()).contains("p.yaml:4:5: job 'a', field 'map': maps are not run yet (remove it)");
        assertThat(directory.resolve("outputs/n")).doesNotExist();
    }
}
