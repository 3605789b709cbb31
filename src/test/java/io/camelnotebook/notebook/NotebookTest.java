package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookTest {

    @ParameterizedTest
    @CsvSource({"0,5", "4,5", "5,5", "6,6", "99,99"})
    void anEarlierMinorVersionIsUpgradedAndALaterOneStays(int from, int to) throws IOException {
        Notebook notebook = notebook(from);

        notebook.upgradeMinorVersion();

        assertThat(notebook.fields().path("nbformat_minor").intValue()).isEqualTo(to);
    }

    @Test
    void theUpgradeGivesIdsToTheCellsThatHaveNone() throws IOException {
        Notebook notebook = notebook(4);

        notebook.upgradeMinorVersion();

        assertThat(notebook.cells())
                .extracting(cell -> cell.fields().path("id").asText())
                .contains("mine")
                .doesNotHaveDuplicates()
                .allMatch(id -> id.equals("mine") || id.matches("[0-9a-f]{8}"));
    }

    @Test
    void withoutTheUpgradeADocumentStaysWhatItIs() throws IOException {
        assertThat(new String(NotebookWriter.toBytes(notebook(4)), UTF_8))
                .containsOnlyOnce("\"id\"")
                .contains("\"nbformat_minor\": 4");
    }

    private static Notebook notebook(int minor) throws IOException {
        String cell = "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": {}%s}";
        return NotebookReader.read(
                ("{\"nbformat\": 4, \"nbformat_minor\": " + minor + ", \"metadata\": {}, \"cells\": ["
                                + cell.formatted("") + "," + cell.formatted(", \"id\": \"mine\"") + ","
                                + cell.formatted("") + "]}")
                        .getBytes(UTF_8),
                "test.ipynb");
    }
}
