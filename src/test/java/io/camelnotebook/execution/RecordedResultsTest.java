package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.NotebookReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedResultsTest {

    private static final String SCRAP = "application/scrapbook.scrap.json+json";

    private final Path folder;

    RecordedResultsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theLastValueOfANameCountsAndTheFirstPlace() throws Exception {
        Map<String, JsonNode> results = results(
                "{\"name\": \"a\", \"data\": 1}",
                "{\"name\": \"b\", \"data\": [2]}",
                "{\"name\": \"a\", \"data\": null}");
        assertThat(TestNotebooks.JSON.writeValueAsString(results)).isEqualTo("{\"a\":null,\"b\":[2]}");
    }

    @Test
    void whatHasNoNameIsNoResult() throws Exception {
        assertThat(results("{\"data\": 1}", "{\"name\": 7, \"data\": 1}", "3", "null"))
                .isEmpty();
    }

    @Test
    void textThatScrapbookGluesIsAResultToo() throws Exception {
        ObjectNode cell = TestNotebooks.cell("glue");
        ObjectNode output = cell.withArray("outputs").addObject().put("output_type", "display_data");
        output.putObject("metadata");
        output.putObject("data")
                .putObject("application/scrapbook.scrap.text+json")
                .put("name", "note")
                .put("data", "good");
        Path notebook = new TestNotebooks(folder, "any").request(cell).notebook();

        assertThat(RecordedResults.of(NotebookReader.read(notebook))).hasToString("{note=\"good\"}");
    }

    private Map<String, JsonNode> results(String... scraps) throws IOException {
        ObjectNode[] cells = new ObjectNode[scraps.length];
        for (int i = 0; i < scraps.length; i++) {
            cells[i] = TestNotebooks.cell("glue");
            ObjectNode output = cells[i].withArray("outputs").addObject().put("output_type", "display_data");
            output.putObject("metadata");
            output.putObject("data").set(SCRAP, TestNotebooks.JSON.readTree(scraps[i]));
        }
        Path notebook = new TestNotebooks(folder, "any").request(cells).notebook();
        return RecordedResults.of(NotebookReader.read(notebook));
    }
}
