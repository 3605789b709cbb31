package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookUpgradeTest {

    @Test
    void theCellsOfAllWorksheetsAreKeptAndGetIds() throws IOException {
        Notebook notebook = read("{\"nbformat\": 3, \"metadata\": {\"name\": \"n\", \"mine\": 1}, \"worksheets\": ["
                + "{\"cells\": [{\"cell_type\": \"code\", \"input\": [\"a\", \"b\"], \"outputs\": []}]},"
                + "{\"cells\": [{\"cell_type\": \"heading\", \"level\": 2, \"source\": [\"x\\n\", \"y\"]}]}]}");

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("a\nb", "## x y");
        assertThat(notebook.cells()).extracting(Cell::type).containsExactly(CellType.CODE, CellType.MARKDOWN);
        assertThat(notebook.cells()).allMatch(cell -> cell.fields().path("id").isTextual());
        assertThat(notebook.metadata()).hasToString("{\"mine\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nbformat\": 3, \"worksheets\": []}|at /metadata: expected an object, found nothing",
                "{\"nbformat\": 2, \"metadata\": {}}|at /worksheets: expected a list of worksheets, found nothing",
                "{\"nbformat\": 3, \"metadata\": {}, \"worksheets\": [{}]}|at /worksheets/0/cells: expected a list of cells",
                "{\"nbformat\": 3, \"metadata\": {}, \"worksheets\": [1]}|at /worksheets/0/cells: expected a list of cells",
                "{\"nbformat\": 3, \"metadata\": {}, \"cells\": []}|at /worksheets: expected a list of worksheets",
            })
    void anOldDocumentWithoutItsFrameIsRefused(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|at /worksheets/0/cells/0: expected a cell",
                "{\"cell_type\": \"cod\"}|/cell_type: expected \"code\", \"markdown\", \"heading\", \"html\" or \"raw\", found \"cod\"",
                "{\"cell_type\": \"raw\"}|at /worksheets/0/cells/0/source: expected a string or a list of strings",
                "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": 1}|at /worksheets/0/cells/0/metadata: expected an object",
                "{\"cell_type\": \"heading\", \"source\": [1]}|at /worksheets/0/cells/0/source/0: expected a string",
                "{\"cell_type\": \"heading\", \"source\": \"\", \"level\": 2000000000}|/level: expected the level of a heading",
                "{\"cell_type\": \"code\"}|at /worksheets/0/cells/0/outputs: expected a list of outputs, found nothing",
                "{\"cell_type\": \"code\", \"input\": 1, \"outputs\": []}|at /worksheets/0/cells/0/input: expected a string",
                "{\"cell_type\": \"code\", \"outputs\": [1]}|/outputs/0: expected an output",
                "{\"cell_type\": \"code\", \"outputs\": [{}]}|/outputs/0/output_type: expected a string",
                "{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"stream\"}]}|/outputs/0/text: expected a string",
                "{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"pyout\", \"json\": \"{\"}]}|/outputs/0/json: expected JSON",
                "{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"pyout\", \"json\": \"\"}]}|/outputs/0/json: expected JSON",
                "{\"cell_type\": \"code\", \"outputs\": [{\"output_type\": \"pyout\", \"metadata\": 1}]}|/metadata: expected an object",
            })
    void anOldCellThatIsNoneIsRefusedWithItsPlaceInTheOldDocument(String cell, String problem) {
        assertThatThrownBy(() ->
                        read("{\"nbformat\": 3, \"metadata\": {}, \"worksheets\": [{\"cells\": [" + cell + "]}]}"))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(problem);
    }

    private static Notebook read(String json) throws IOException {
        return NotebookReader.read(json.getBytes(UTF_8), "old.ipynb");
    }
}
