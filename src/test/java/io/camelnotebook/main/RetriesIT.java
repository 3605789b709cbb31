package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are tried again beside others, with real kernels. */
@Timeout(180)
class RetriesIT {

    @Test
    void aJobThatStartsWhileAnotherWaitsForItsNextAttemptEndsAsAnyOther(@TempDir Path directory) throws Exception {
        Notebooks.write(directory.resolve("fails.ipynb"), "i = 0", "1 / 0");
        Notebooks.write(directory.resolve("works.ipynb"), "i = 0", "i");
        Files.writeString(directory.resolve("p.yaml"), """
                max_parallel: 1
                jobs:
                  a: {notebook: fails.ipynb, priority: 1, retries: {attempts: 2, delay: 1, on: error}}
                  b: {notebook: works.ipynb}
                """);
        Engine engine = Engine.run(directory, "run", "p.yaml");
        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out()).containsPattern("a +failed").containsPattern("b +succeeded");
        assertThat(directory.resolve("outputs/works/b/works_b.json")).exists();
    }
}
