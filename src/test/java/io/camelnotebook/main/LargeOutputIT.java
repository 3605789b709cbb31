package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "socket, print('a' * 50_000_000)",
        "zmq, print('a' * 50_000_000)",
        "socket, for _ in range(200): print('b' * 999_999)"
    })
    void whatTheHeapHasNoRoomForEndsTheNotebookAndSaysSo(String transport, String code, @TempDir Path directory)
            throws Exception {
        Notebooks.write(directory.resolve("in.ipynb"), "x = 1", code);

        try (Engine engine = Engine.run(
                directory, "-Xmx64m", "-Dnotebook.kernel-transport=" + transport, "execute", "in.ipynb", "out.ipynb")) {
            assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(ExitStatus.FAILED);
            assertThat(engine.err())
                    .contains("heap of", "has no room for what the notebook puts out", "CAMEL_NOTEBOOK_JAVA_OPTS=-Xmx")
                    .doesNotContain("\tat ");
        }
    }
}
