package io.camelnotebook.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelnotebook.execution.ExecutionOptions;
import io.camelnotebook.execution.ExecutionRequest;
import io.camelnotebook.execution.PreparedNotebook;
import io.camelnotebook.kernel.InterruptMode;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.notebook.NotebookReader;
import io.camelnotebook.pipeline.CellRules;
import io.camelnotebook.run.JobFiles;
import io.camelnotebook.run.JobMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheKeyTest {

    private static final String CELL = """
            {"cell_type": "code", "id": "a", "metadata": {"tags": [%s]}, "source": "%s", "outputs": [%s],
             "execution_count": null}""";

    private final Path directory;
    private String notebook = CELL.formatted("", "x = 1", "");
    private List<String> argv = List.of("/no/python", "-m", "ipykernel");
    private Map<String, String> kernelEnvironment = Map.of();
    private Map<String, String> environment = Map.of();
    private CellRules cells = CellRules.DEFAULT;
    private List<String> inputs = List.of();
    private Map<String, String> outputs = Map.of();
    private @Nullable String upstream = "u";
    private String workingDirectory;
    private String run = "r1";
    private String label = "a";

    CacheKeyTest(@TempDir Path directory) {
        this.directory = directory;
        workingDirectory = directory.toString();
    }

    private String key() throws IOException, MissingInputException {
        String json = "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + notebook + "]}";
        KernelSpec kernel = new KernelSpec(
                "python3", "P", "python", argv, kernelEnvironment, InterruptMode.SIGNAL, Optional.empty(), "test");
        ExecutionRequest request = new ExecutionRequest(
                Path.of("n.ipynb"),
                Path.of("out.ipynb"),
                Map.of(),
                Optional.empty(),
                directory,
                environment,
                false,
                Duration.ofSeconds(1),
                Duration.ZERO,
                ExecutionOptions.DEFAULT);
        return CacheKey.of(
                new PreparedNotebook(
                        request,
                        NotebookReader.read(json.getBytes(StandardCharsets.UTF_8), "n.ipynb"),
                        kernel,
                        List.of()),
                job());
    }

    private JobMessage job() {
        return new JobMessage(
                run,
                "p",
                label,
                label,
                0,
                1,
                label,
                "2026-03-14T09:26:53Z",
                "n.ipynb",
                Map.of(),
                null,
                workingDirectory,
                environment,
                null,
                null,
                cells,
                null,
                null,
                false,
                0,
                "out.ipynb",
                List.of(),
                new JobFiles(inputs, outputs, true, false, upstream),
                null,
                null,
                null);
    }

    @Test
    void whatDoesNotDecideWhatAJobDoesIsNotInItsKey() throws Exception {
        String key = key();

        run = "r2";
        label = "b";
        notebook = CELL.formatted("", "x = 1", "{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"1\"}")
                + ", {\"cell_type\": \"markdown\", \"id\": \"m\", \"metadata\": {}, \"source\": \"# Title\"}";
        Files.writeString(directory.resolve("undeclared.csv"), "1");
        assertThat(key()).isEqualTo(key);
    }

    @Test
    void allThatDecidesWhatAJobDoesChangesItsKey() throws Exception {
        Set<String> keys = new HashSet<>();
        assertThat(keys.add(key())).isTrue();
        notebook = CELL.formatted("", "x = 2", "");
        assertThat(keys.add(key())).as("source").isTrue();
        notebook = CELL.formatted("\"skip-execution\"", "x = 2", "");
        assertThat(keys.add(key())).as("tags").isTrue();
        argv = List.of("/no/other", "-m", "ipykernel");
        assertThat(keys.add(key())).as("kernel").isTrue();
        kernelEnvironment = Map.of("A", "1");
        assertThat(keys.add(key())).as("kernelspec's environment").isTrue();
        environment = Map.of("A", "1");
        assertThat(keys.add(key())).as("environment").isTrue();
        cells = new CellRules(true, List.of(), List.of());
        assertThat(keys.add(key())).as("cell rules").isTrue();
        outputs = Map.of("model", "model.bin");
        assertThat(keys.add(key())).as("outputs").isTrue();
        upstream = "v";
        assertThat(keys.add(key())).as("upstream").isTrue();
        workingDirectory = directory.resolve("other").toString();
        assertThat(keys.add(key())).as("working directory").isTrue();
    }

    @Test
    void theCutBetweenCellsCounts() throws Exception {
        notebook = CELL.formatted("", "x = 1y", "");
        String one = key();
        notebook = CELL.formatted("", "x = 1", "") + ","
                + CELL.formatted("", "y", "").replace("\"a\"", "\"b\"");
        assertThat(key()).isNotEqualTo(one);
    }

    @Test
    void ofInputsTheNamesAndTheContentCountAndTheTimeDoesNot() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path file = Files.writeString(data.resolve("a.csv"), "1");
        inputs = List.of("data");
        String key = key();
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(key()).isEqualTo(key);

        Set<String> keys = new HashSet<>(Set.of(key));
        Files.writeString(file, "2");
        assertThat(keys.add(key())).as("content").isTrue();
        Files.move(file, data.resolve("b.csv"));
        assertThat(keys.add(key())).as("name").isTrue();
        Files.writeString(data.resolve("c.csv"), "3");
        assertThat(keys.add(key())).as("another file of the folder").isTrue();
    }

    @Test
    void anInputThatIsNotThereIsNamed() {
        inputs = List.of("nothing*.csv");
        assertThatThrownBy(this::key)
                .isInstanceOf(MissingInputException.class)
                .hasMessageContaining("there is no input 'nothing*.csv'");
    }
}
