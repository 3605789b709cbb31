package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files from job to job, with real kernels. */
class JobFilesIT {

    private static final String PRIVATE =
            "import os, pathlib\nhere = pathlib.Path(os.environ['CAMEL_NOTEBOOK_OUTPUT_DIR'])\n";

    private final Path directory;

    JobFilesIT(@TempDir Path directory) {
        this.directory = directory;
    }

    private Engine run(String yaml) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("p.yaml"), yaml);
        return Engine.run(directory, "run", "p.yaml");
    }

    @Test
    void filesAreKeptBesideTheNotebookAndLaterJobsGetTheirPaths() throws Exception {
        Notebooks.write(
                directory.resolve("make.ipynb"),
                "n = 0",
                "import pathlib\npathlib.Path('model.txt').write_text('the model')\npathlib.Path('plots').mkdir()\n"
                        + "for i in (2, 1): pathlib.Path(f'plots/{i}.png').write_text(str(i))");
        Notebooks.write(
                directory.resolve("use.ipynb"),
                "model = ''\nplots = []",
                "import pathlib\nprint(pathlib.Path(model).read_text(), [pathlib.Path(p).read_text() for p in plots])");

        Engine engine = run("""
                jobs:
                  make: {notebook: make.ipynb, outputs: {model: model.txt, plots: "plots/*.png"}}
                  use:
                    notebook: use.ipynb
                    needs: make
                    parameters: {model: "${jobs.make.files.model}", plots: "${jobs.make.files.plots}"}
                """);

        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        assertThat(Notebooks.printed(directory.resolve("outputs/use/use/use_use.ipynb")))
                .isEqualTo("the model ['1', '2']\n");
        Path kept = directory.resolve("outputs/make/make/make_make_files");
        assertThat(kept.resolve("model.txt")).hasContent("the model");
        assertThat(kept.resolve("plots/2.png")).exists();
        JsonNode files = Notebooks.json(directory.resolve("outputs/make/make/make_make.json"))
                .at("/data/files");
        assertThat(files.at("/model/files/0/sha256").asText()).hasSize(64);
        assertThat(files.at("/plots/files")).hasSize(2);
    }

    @Test
    void parallelJobsWriteFilesOfTheSameNameIntoFoldersOfTheirOwn() throws Exception {
        Notebooks.write(
                directory.resolve("make.ipynb"), "n = 0", PRIVATE + "(here / 'model.txt').write_text(f'model {n}')");
        Notebooks.write(
                directory.resolve("use.ipynb"),
                "runs = []",
                "import pathlib\nprint([pathlib.Path(run['files']['model']).read_text() for run in runs])");

        Engine engine = run("""
                jobs:
                  make: {notebook: make.ipynb, matrix: {n: [1, 2, 3]}, outputs: {model: model.txt}}
                  use: {notebook: use.ipynb, needs: make, parameters: {runs: "${jobs.make.results}"}}
                """);

        assertThat(engine.exitStatus()).as(engine.out() + engine.err()).isZero();
        assertThat(Notebooks.printed(directory.resolve("outputs/use/use/use_use.ipynb")))
                .isEqualTo("['model 1', 'model 2', 'model 3']\n");
        assertThat(directory.resolve("model.txt")).doesNotExist();
        assertThat(directory.resolve("outputs/make/1/.make_1_files.new")).doesNotExist();
    }

    @Test
    void aFileThatIsMissingAfterTheLastCellFailsTheJob() throws Exception {
        Notebooks.write(directory.resolve("make.ipynb"), "n = 0", PRIVATE + "(here / 'other.txt').write_text('x')");

        Engine engine = run("jobs: {make: {notebook: make.ipynb, outputs: {model: model.txt}}}");

        assertThat(engine.exitStatus()).isEqualTo(1);
        assertThat(engine.out())
                .contains("make  failed", "MissingOutput", "there is no file 'model.txt' for output 'model'");
        assertThat(directory.resolve("outputs/make/make/make_make.ipynb")).exists();
        assertThat(directory.resolve("outputs/make/make/make_make_files")).doesNotExist();
    }

    @Test
    void theFilesOfTheRunBeforeBecomeABackup() throws Exception {
        Notebooks.write(directory.resolve("make.ipynb"), "n = 0", PRIVATE + "(here / f'{n}.txt').write_text('x')");
        String config = "jobs: {make: {notebook: make.ipynb, parameters: {n: %s}, outputs: {text: \"*.txt\"}}}";
        run(config.formatted("1"));

        assertThat(run(config.formatted("2")).exitStatus()).isZero();

        Path folder = directory.resolve("outputs/make/make");
        assertThat(List.of(folder.resolve("make_make_files").toFile().list())).containsExactly("2.txt");
        assertThat(List.of(folder.resolve("make_make_files_backup").toFile().list()))
                .containsExactly("1.txt");
    }
}
