package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters that the notebook's parameters cell does not have. */
class UnknownParametersIT {

    private Path directory;

    @BeforeEach
    void writeNotebook(@TempDir Path directory) throws IOException {
        this.directory = directory;
        Notebooks.write(directory.resolve("n.ipynb"), "alpha = 1", "print(alpha)");
    }

    @Test
    void theyAreAWarning() throws Exception {
        Files.writeString(directory.resolve("p.yaml"), "jobs: {a: {notebook: n.ipynb, parameters: {alhpa: 2}}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isZero();
        assertThat(Notebooks.printed(directory.resolve("outputs/n/a/n_a.ipynb")))
                .isEqualTo("1\n");
        assertThat(Notebooks.json(directory.resolve("outputs/n/a/n_a.json"))
                        .at("/data/warnings/0")
                        .asText())
                .endsWith("the parameters cell has no parameter 'alhpa', only: alpha");
    }

    @Test
    void whereTheJobIsStrictNothingIsRun() throws Exception {
        Files.writeString(
                directory.resolve("p.yaml"),
                "jobs: {a: {notebook: n.ipynb, parameters: {alhpa: 2}, strict_parameters: true}}");

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).isEqualTo(ExitStatus.USAGE);
        assertThat(engine.err())
                .contains("job 'a', field 'parameters': the parameters cell has no parameter 'alhpa', only: alpha");
        assertThat(directory.resolve("outputs/n")).doesNotExist();
    }
}
