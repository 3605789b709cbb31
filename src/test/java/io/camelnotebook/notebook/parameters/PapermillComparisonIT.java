package io.camelnotebook.notebook.parameters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.ErrorMarkers;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookReader;
import io.camelnotebook.notebook.TestPython;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Injected cells and error markers against papermill's own. */
class PapermillComparisonIT {

    /** Injects a parameter, marks the last cell as failed, and answers each cell's source without markup, and tags. */
    private static final String PAPERMILL = """
            import json, re, sys, tempfile, warnings, nbformat
            warnings.simplefilter("ignore")
            from papermill.exceptions import PapermillExecutionError
            from papermill.execute import raise_for_execution_errors, remove_error_markers
            from papermill.iorw import load_notebook_node
            from papermill.parameterize import parameterize_notebook
            with tempfile.TemporaryDirectory() as folder:
                open(folder + "/in.ipynb", "wb").write(sys.stdin.buffer.read())
                notebook = load_notebook_node(folder + "/in.ipynb")
                notebook = parameterize_notebook(notebook, {"alpha": 0.6}, kernel_name="python3", language="python")
                notebook = remove_error_markers(notebook)
                error = nbformat.v4.new_output("error", ename="E", evalue="v", traceback=[])
                notebook.cells[-1].update(outputs=[error], execution_count=7)
                try:
                    raise_for_execution_errors(notebook, folder + "/out.ipynb")
                except PapermillExecutionError:
                    written = nbformat.read(folder + "/out.ipynb", 4)
                def source(cell):
                    markup = re.findall('href="[^"]*"|id="[^"]*"', cell.source)
                    return markup or cell.source
                print(json.dumps([[cell.cell_type, source(cell), cell.metadata.tags] for cell in written.cells]))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a p:parameters b",
                "a p:parameters q:parameters b",
                "a p:parameters b i:injected-parameters c",
                "i:injected-parameters p:parameters j:injected-parameters b",
                "m:papermill-error-cell-tag a p:parameters n:papermill-error-cell-tag b"
            })
    void cellsAreWherePapermillPutsThem(String cells) throws IOException, InterruptedException {
        byte[] document = document(cells.split(" ", -1));
        Notebook notebook = NotebookReader.read(document, "case");

        ParametersCell.inject(
                notebook, ParameterLanguage.of("python3", "python"), Map.of("alpha", DoubleNode.valueOf(0.6)));
        Cell last = notebook.cells().get(notebook.cells().size() - 1);
        last.setExecutionCount(7);
        ErrorMarkers.add(notebook, last);

        JsonNode papermill = new ObjectMapper().readTree(TestPython.run(PAPERMILL, document));
        assertThat(described(notebook)).isEqualTo(papermill);
    }

    private static JsonNode described(Notebook notebook) {
        List<List<Object>> cells = new ArrayList<>();
        for (Cell cell : notebook.cells()) {
            List<String> markup = Pattern.compile("href=\"[^\"]*\"|id=\"[^\"]*\"")
                    .matcher(cell.source())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            cells.add(List.of(
                    cell.type().jsonName(), markup.isEmpty() ? cell.source() : markup, List.copyOf(cell.tags())));
        }
        return new ObjectMapper().valueToTree(cells);
    }

    /** Cells of source, or source and tag. */
    private static byte[] document(String... cells) {
        List<String> json = new ArrayList<>();
        for (String cell : cells) {
            String[] parts = cell.split(":", -1);
            String tags = parts.length == 1 ? "" : "\"" + parts[1] + "\"";
            json.add("{\"cell_type\": \"code\", \"execution_count\": null, \"outputs\": [], \"id\": \"cell-%d\","
                            .formatted(json.size())
                    + " \"source\": \"%s\", \"metadata\": {\"tags\": [%s]}}".formatted(parts[0], tags));
        }
        return ("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + String.join(",", json)
                        + "]}")
                .getBytes(UTF_8);
    }
}
