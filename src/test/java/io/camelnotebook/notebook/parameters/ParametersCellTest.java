package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookReader;
import io.camelnotebook.notebook.NotebookWriter;
import io.camelnotebook.notebook.parameters.ParametersCell.Placement;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersCellTest {

    private static final ParameterLanguage PYTHON = ParameterLanguage.of("python3", "python");
    private static final Map<String, JsonNode> X = Map.of("x", IntNode.valueOf(1));

    @Test
    void theCellGoesAfterTheFirstThatDeclaresParameters() throws IOException {
        Notebook notebook = notebook("a", "b:parameters", "c:parameters");

        assertThat(ParametersCell.inject(notebook, PYTHON, X)).isEqualTo(Placement.AFTER_DECLARED);

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("a", "b", "# Parameters\nx = 1\n", "c");
        Cell injected = notebook.cells().get(2);
        assertThat(injected.type()).isEqualTo(CellType.CODE);
        assertThat(injected.metadata()).hasToString("{\"tags\":[\"injected-parameters\"]}");
        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8)).containsPattern("\"id\": \"[0-9a-f]{8}\"");
    }

    @Test
    void theFirstCellOfAnEarlierRunIsReplacedWhereItIs() throws IOException {
        Notebook notebook = notebook("a:parameters", "b", "old:injected-parameters");

        assertThat(ParametersCell.inject(notebook, PYTHON, X)).isEqualTo(Placement.REPLACED);

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("a", "b", "# Parameters\nx = 1\n");
    }

    @Test
    void theCellGoesToTheTopOfANotebookThatDeclaresNone() throws IOException {
        Notebook notebook = notebook("a");

        assertThat(ParametersCell.inject(notebook, PYTHON, X)).isEqualTo(Placement.TOP);

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("# Parameters\nx = 1\n", "a");
    }

    @Test
    void withoutParametersTheCellOfAnEarlierRunIsRemoved() throws IOException {
        Notebook notebook = notebook("a:parameters", "old:injected-parameters", "b");

        ParametersCell.removeInjected(notebook);

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("a", "b");
    }

    @Test
    void aRefusedParameterLeavesTheNotebookAsItWas() throws IOException {
        Notebook notebook = notebook("a:parameters");

        assertThatThrownBy(() -> ParametersCell.inject(notebook, PYTHON, Map.of("a;print(1);b", IntNode.valueOf(1))))
                .isInstanceOf(ParameterException.class);

        assertThat(notebook.cells()).hasSize(1);
    }

    /** Cells of source, or source and tag. */
    private static Notebook notebook(String... cells) throws IOException {
        StringBuilder json =
                new StringBuilder("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [");
        for (int i = 0; i < cells.length; i++) {
            String[] parts = cells[i].split(":", -1);
            json.append(i == 0 ? "" : ",")
                    .append("{\"cell_type\": \"code\", \"id\": \"cell-%d\", \"source\": \"%s\"".formatted(i, parts[0]))
                    .append(
                            parts.length == 1
                                    ? ", \"metadata\": {}}"
                                    : ", \"metadata\": {\"tags\": [\"%s\"]}}".formatted(parts[1]));
        }
        return NotebookReader.read(json.append("]}").toString().getBytes(UTF_8), "test.ipynb");
    }
}
