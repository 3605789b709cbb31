package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A config file says which errors are allowed and which cells are passed over. */
class CellRulesIT {

    private final Path directory;

    CellRulesIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void errorsThatAreNamedFailNoJobAndCellsWithATagThatIsNamedAreNotRun() throws Exception {
        Path notebook = Notebooks.write(
                directory.resolve("n.ipynb"), "x = 1", "int('x')", "print('slow')", "print('next')", "1 / 0");
        Files.writeString(
                notebook,
                Files.readString(notebook)
                        .replace("\"id\":\"cell-2\"", "\"id\":\"slow\"")
                        .replaceFirst("(\"id\":\"slow\".*?\"metadata\":\\{)", "$1\"tags\":[\"slow\"]"));
        Files.writeString(directory.resolve("p.yaml"), """
                defaults: {skip_tags: [slow]}
                jobs:
                  every: {notebook: n.ipynb, allow_errors: true, label: every}
                  one: {notebook: n.ipynb, allow_errors: [ValueError], label: one}
                  none: {notebook: n.ipynb, label: none}
                """);

        Engine engine = Engine.run(directory, "run", "p.yaml");

        assertThat(engine.exitStatus()).as(engine.err()).isEqualTo(1);
        assertThat(engine.out()).contains("1 succeeded, 2 failed");
        assertThat(statuses("every")).isEqualTo("completed completed skipped completed completed");
        assertThat(statuses("one")).isEqualTo("completed completed skipped completed failed");
        assertThat(statuses("none")).isEqualTo("completed failed not_run not_run not_run");
        assertThat(Notebooks.printed(directory.resolve("outputs/n/one/n_one.ipynb")))
                .isEqualTo("next\n");
    }

    private String statuses(String label) throws Exception {
        JsonNode executed = Notebooks.json(directory.resolve("outputs/n/" + label + "/n_" + label + ".ipynb"));
        return executed.at("/metadata/camel_notebook/cells")
                .valueStream()
                .map(JsonNode::asText)
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
