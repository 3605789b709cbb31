package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose kernels start while the notebooks before theirs run. */
@Timeout(180)
class WarmKernelsIT {

    private Path directory;

    @BeforeEach
    void open(@TempDir Path folder) {
        directory = folder;
    }

    /** How the kernels of jobs that ran one after the other were started, as their records say. */
    private List<String> starts(String notebook, int jobs) throws IOException {
        List<String> starts = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            Path record = directory.resolve("outputs/%1$s/%2$d/%1$s_%2$d.json".formatted(notebook, i));
            starts.add(Notebooks.json(record).at("/data/kernel/start").asText());
        }
        return starts;
    }

    private void run(String config) throws Exception {
        Files.writeString(directory.resolve("p.yaml"), config);
        Engine engine = Engine.run(directory, "run", "p.yaml", "-j", "1", "--kernel-start", "warm");
        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
    }

    @Test
    void everyNotebookThatHasToWaitFindsItsKernelThere() throws Exception {
        Notebooks.write(directory.resolve("n.ipynb"), "i = 0", "import os; assert os.environ['JOB'] == f'job {i}'");
        run("""
                jobs:
                  n: {notebook: n.ipynb, matrix: {i: {range: [0, 4]}}, env: {JOB: "job ${matrix.i}"}}
                """);
        assertThat(starts("n", 4).subList(1, 4)).containsOnly("warm");
    }

    @Test
    void aFolderOfItsOwnForFilesIsNoHindrance() throws Exception {
        Notebooks.write(
                directory.resolve("n.ipynb"),
                "i = 0",
                "import os, pathlib\n"
                        + "pathlib.Path(os.environ['CAMEL_NOTEBOOK_OUTPUT_DIR'], 'i.txt').write_text(str(i))");
        run("""
                jobs:
                  n: {notebook: n.ipynb, matrix: {i: {range: [0, 3]}}, outputs: {file: i.txt}}
                """);
        assertThat(starts("n", 3).subList(1, 3)).containsOnly("warm");
        for (int i = 0; i < 3; i++) {
            assertThat(directory.resolve("outputs/n/%1$d/n_%1$d_files/i.txt".formatted(i)))
                    .hasContent(Integer.toString(i));
        }
    }
}
