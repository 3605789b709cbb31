package io.camelnotebook.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelnotebook.pipeline.ConfigException;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a config from outside may do. */
class ReceivedLimitsTest {

    private final Path work;
    private final AtomicInteger passedOn = new AtomicInteger();

    ReceivedLimitsTest(@TempDir Path folder) throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(work.resolve("allowed/sub"));
        Files.writeString(work.resolve("allowed/sub/n.ipynb"), "");
        Files.writeString(work.resolve("secret.ipynb"), "");
        Files.createSymbolicLink(work.resolve("allowed/link.ipynb"), work.resolve("secret.ipynb"));
        Files.createSymbolicLink(work.resolve("allowed/out"), work);
        Files.createSymbolicLink(work.resolve("in"), work.resolve("allowed/sub"));
    }

    private void read(String config) throws IOException {
        Path file = Files.writeString(work.resolve("c.yaml"), config);
        List<Path> folders = List.of(work.resolve("absent"), work.resolve("allowed"));
        ReceivedLimits limits = new ReceivedLimits(
                folders, Set.of("DAY"), Set.of("f"), (pipeline, report) -> passedOn.incrementAndGet());
        new PipelineReader(work, PipelineLimits.defaults(), limits).read(file, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowed/sub/n.ipynb", "allowed/../allowed/sub/n.ipynb", "in/n.ipynb"})
    void aNotebookThatReallyIsInAnAllowedFolderMayBeRun(String notebook) {
        assertThatCode(() -> read("jobs: {a: {notebook: " + notebook + ", env: {DAY: '1'}, inputs: data/*.csv}}"))
                .doesNotThrowAnyException();
        assertThat(passedOn).hasValue(1);
    }

    @Test
    void itemsMayBeInAFileOfTheWorkingDirectory() {
        assertThatCode(() -> read("jobs: {a: {notebook: in/n.ipynb, map: {function: f, over: {file: data/x.jsonl}}}}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret.ipynb", "allowed/../secret.ipynb", "allowed/link.ipynb", "allowed/out/secret.ipynb"})
    void aNotebookElsewhereIsRefusedWhateverLeadsToIt(String notebook) {
        for (String path : List.of(notebook, work.resolve(notebook).toString())) {
            assertThatThrownBy(() -> read("jobs: {a: {notebook: " + path + "}}"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("c.yaml:1:")
                    .hasMessageContaining(
                            "job 'a', field 'notebook': configs that come as messages may run notebooks in ")
                    .hasMessageContaining("add its folder to notebook.received.notebooks");
        }
        assertThat(passedOn).as("what is not allowed is not looked at").hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cwd: /tmp",
                "cwd: ..",
                "cwd: '${run.id}'",
                "cwd: '${matrix.d}', matrix: {d: [" + "allowed, '..']}",
                "env: {LD_PRELOAD: x.so}",
                "inputs: /etc/passwd",
                "inputs: ../*",
                "map: {function: get_ipython.__self__.run_cell, over: ['!id']}",
                "map: {function: f, over: {file: /etc/passwd}}",
                "map: {function: f, over: {file: ../c.yaml}}",
                "map: {function: f, over: {file: '${matrix.d}'}}, matrix: {d: [" + "x, '../c.yaml']}",
                "map: {function: f, over: {file: '${run.id}/../../x'}}",
                "publish: ['file:x?fileName=y']",
                "retries: 1}}, schedule: '* * * * *', defaults: {retries: {attempts: 1"
            })
    void whatWouldReachFurtherIsRefused(String field) {
        assertThatThrownBy(() -> read("{jobs: {a: {notebook: allowed/sub/n.ipynb, " + field + "}}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("message");
    }
}
