package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What notebooks that put out very much take of the engine's memory. */
class LargeOutputIT {

    @Test
    void fiftyMegabytesOfTextNeedNoLargeHeap(@TempDir Path directory) throws Exception {
        Notebooks.write(
                directory.resolve("in.ipynb"),
                "block = ('a' * 99 + '\\n') * 10_000",
                "for _ in range(50):\n    print(block, end='', flush=True)");

        try (Engine engine = Engine.run(directory, "-Xmx256m", "execute", "in.ipynb", "out.ipynb")) {
            assertThat(engine.exitStatus()).as(engine.err()).isZero();
            JsonNode outputs = Notebooks.json(engine.file("out.ipynb"))
                    .path("cells")
                    .path(1)
                    .path("outputs");
            assertThat(outputs).hasSize(1);
            assertThat(outputs.path(0).path("text"))
                    .hasSize(500_000)
                    .allMatch(line -> line.textValue().equals("a".repeat(99) + "\n"));
        }
    }
}
