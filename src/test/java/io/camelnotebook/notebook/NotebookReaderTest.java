package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookReaderTest {

    @Test
    void textInLinesIsJoined() throws IOException {
        Notebook notebook = read("""
                {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": {"name": "python3"}}, "cells": [
                  {"cell_type": "code", "metadata": {}, "execution_count": 3, "source": ["a = 1\\n", "b"], "outputs": [
                    {"output_type": "stream", "name": "stdout", "text": ["x\\n", "y\\n"]},
                    {"output_type": "display_data", "metadata": {},
                     "data": {"text/plain": ["p", "q"], "application/x+json": ["left", "alone"]}}]},
                  {"cell_type": "markdown", "metadata": {}, "source": "# Title",
                   "attachments": {"a.txt": {"text/plain": ["1", "2"]}}}]}""");

        assertThat(notebook.kernelName()).contains("python3");
        Cell code = notebook.cells().get(0);
        assertThat(code.source()).isEqualTo("a = 1\nb");
        assertThat(code.executionCount()).hasValue(3);
        assertThat(code.outputs().get(0)).isInstanceOfSatisfying(StreamOutput.class, stream -> {
            assertThat(stream.name()).isEqualTo("stdout");
            assertThat(stream.text()).isEqualTo("x\ny\n");
        });
        assertThat(code.outputs().get(1))
                .isInstanceOfSatisfying(
                        JsonOutput.class,
                        display -> assertThat(display.json().path("data"))
                                .hasToString("{\"text/plain\":\"pq\",\"application/x+json\":[\"left\",\"alone\"]}"));
        assertThat(notebook.cells().get(1).fields().at("/attachments/a.txt/text~1plain"))
                .hasToString("\"12\"");
    }

    @Test
    void whatIsUnknownIsKept() throws IOException {
        String json = """
                {"cells":[{"cell_type":"code","extra":1,"metadata":{"mine":[1]},\
                "outputs":[{"beam":[1.5],"output_type":"hologram"},\
                {"name":"stdout","output_type":"stream","text":[],"when":"now"}],"source":[]}],\
                "metadata":{"mine":12345678901234567890123},"nbformat":4,"nbformat_minor":99,"top":null}""";

        String written =
                new String(NotebookWriter.toBytes(read(json.replace("\"extra\"", "\"id\":\"x\",\"extra\""))), UTF_8);

        assertThat(written.replaceAll("\\s", ""))
                .isEqualTo(json.replace("\"metadata\":{\"mine\":[1]}", "\"id\":\"x\",\"metadata\":{\"mine\":[1]}"));
    }

    @Test
    void missingMetadataAndOutputsAreTolerated() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"x\"}]}");

        assertThat(notebook.language()).isEmpty();
        assertThat(notebook.cells().get(0).outputs()).isEmpty();
        assertThat(notebook.cells().get(0).tags()).isEmpty();
        assertThat(notebook.hasCellIds()).isFalse();
    }

    @Test
    void missingAndRepeatedCellIdsAreRepairedAndOthersKept() throws IOException {
        String cell = "{\"cell_type\": \"raw\", \"source\": \"\"%s}";
        Notebook notebook = read("{\"nbformat\": 4, \"nbformat_minor\": 5, \"cells\": ["
                + String.join(
                        ",",
                        cell.formatted(", \"id\": \"not valid!\""),
                        cell.formatted(", \"id\": \"a\""),
                        cell.formatted(", \"id\": \"a\""),
                        cell.formatted(""))
                + "]}");

        assertThat(notebook.cells())
                .extracting(each -> each.fields().path("id").asText())
                .doesNotHaveDuplicates()
                .startsWith("not valid!", "a")
                .last()
                .asString()
                .matches("[0-9a-f]{8}");
    }

    @Test
    void numbersThatAreNoJsonButPythonWritesThemAreRead() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"metadata\": {\"a\": [NaN, Infinity, -Infinity]}, \"cells\": []}");

        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8)).contains("NaN,\n   Infinity,\n   -Infinity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"nbformat\": 4,\n \"cells\": oops}`|n.ipynb, line 2, column|JSON",
                "[]|n.ipynb: expected an object|found a list",
                "{} trailing|line 1, column|JSON",
                "{\"nbformat\": 4, \"cells\": [|line 1|cut short",
                "{}|at /nbformat: expected the number 4|found nothing",
                "{\"nbformat\": \"4\"}|at /nbformat|found \"4\"",
                "{\"nbformat\": 4.5}|at /nbformat|found 4.5",
                "{\"nbformat\": 3, \"worksheets\": []}|at /nbformat|jupyter nbconvert --to notebook --nbformat 4",
                "{\"nbformat\": 5, \"cells\": []}|at /nbformat|save it as nbformat 4",
                "{\"nbformat\": 99999999999999}|at /nbformat|save it as nbformat 4",
                "{\"nbformat\": 4}|at /cells: expected a list|found nothing",
                "{\"nbformat\": 4, \"cells\": {}}|at /cells: expected a list|found an object",
                "{\"nbformat\": 4, \"metadata\": [], \"cells\": []}|at /metadata: expected an object|found a list",
                "{\"nbformat\": 4, \"cells\": [1]}|at /cells/0: expected a cell|found 1",
                "{\"nbformat\": 4, \"cells\": [{\"source\": \"\"}]}|at /cells/0/cell_type|found nothing",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\"}]}|at /cells/0/cell_type|found \"heading\"",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\"}]}|at /cells/0/source|found nothing",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"source\": [1]}]}|at /cells/0/source|found a list",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": {}}]}|at /cells/0/outputs|found an object",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [7]}]}|at /cells/0/outputs/0|found 7",
                "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"metadata\": 0}]}|at /cells/0/metadata|found 0",
                "``|n.ipynb is empty|expected a notebook",
            })
    void whatIsNoNotebookIsRefusedWithItsPlace(String json, String place, String reason) {
        assertThatThrownBy(() -> NotebookReader.read(json.getBytes(UTF_8), "n.ipynb"))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"nbformat\": 4, \"metadata\": {\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}}";

        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining("depth");
    }

    @Test
    void theDeepestNestingThatIsReadCanBeWritten() throws IOException {
        String deep = "[".repeat(990) + "]".repeat(990);

        Notebook notebook = read("{\"nbformat\": 4, \"metadata\": {\"a\": " + deep + "}, \"cells\": []}");

        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8).replaceAll("\\s", ""))
                .contains(deep);
    }

    @Test
    void anOutputOfManyMegabytesIsRead() throws IOException {
        String text = "x".repeat(30_000_000);

        Notebook notebook =
                read("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": ["
                        + "{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"" + text + "\"}]}]}");

        assertThat(((StreamOutput) notebook.cells().get(0).outputs().get(0)).text())
                .hasSize(text.length());
    }

    @Test
    void errorsOfFilesNameTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.ipynb"), "<html>");

        assertThatThrownBy(() -> NotebookReader.read(file))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageStartingWith(file + ", line 1, column 1");
        assertThatThrownBy(() -> NotebookReader.read(folder.resolve("absent.ipynb")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static Notebook read(String json) throws IOException {
        return NotebookReader.read(json.getBytes(UTF_8), "test.ipynb");
    }
}
