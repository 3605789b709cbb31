package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
    void missingOutputsAreTolerated() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"metadata\": {}, \"cells\": [" + cell("code", "") + "]}");

        assertThat(notebook.language()).isEmpty();
        assertThat(notebook.cells().get(0).outputs()).isEmpty();
        assertThat(notebook.cells().get(0).tags()).isEmpty();
        assertThat(notebook.hasCellIds()).isFalse();
    }

    @Test
    void missingAndRepeatedCellIdsAreRepairedAndOthersKept() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": ["
                + String.join(
                        ",",
                        cell("raw", ", \"id\": \"not valid!\""),
                        cell("raw", ", \"id\": \"a\""),
                        cell("raw", ", \"id\": \"a\""),
                        cell("raw", ""))
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

    @Test
    void aCellTypeThatALaterMinorVersionBroughtIsKept() throws IOException {
        String json = "{\"nbformat\": 4, \"nbformat_minor\": %s, \"metadata\": {}, \"cells\": ["
                + cell("hologram", ", \"id\": \"a\", \"outputs\": [1]") + "]}";

        Notebook notebook = read(json.formatted("99999999999999"));

        assertThat(notebook.cells().get(0).isExecutable()).isFalse();
        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8).replaceAll("\\s", ""))
                .contains("\"cell_type\":\"hologram\"", "\"outputs\":[1]", "\"nbformat_minor\":99999999999999");
        assertThatThrownBy(() -> read(json.formatted("5"))).hasMessageContaining("at /cells/0/cell_type");
    }

    @Test
    void severalProblemsAreToldAtOnceAndTheRestIsCounted() {
        String cells = String.join(",", Collections.nCopies(6, "{\"cell_type\": \"raw\", \"metadata\": {}}"));

        assertThatThrownBy(() -> read("{\"nbformat\": 4, \"metadata\": 1, \"cells\": [" + cells + "]}"))
                .hasMessageStartingWith("test.ipynb, at /metadata: expected an object, found 1; at /cells/0/source:"
                        + " expected a string or a list of strings, found nothing; at /cells/1/source:")
                .hasMessageEndingWith("; and 2 more like these; open it in Jupyter and save it again");
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
                "{\"nbformat\": 1}|at /nbformat|jupyter nbconvert --to notebook",
                "{\"nbformat\": 5, \"cells\": []}|at /nbformat|save it as nbformat 4",
                "{\"nbformat\": 99999999999999}|at /nbformat|save it as nbformat 4",
                "{\"nbformat\": 4, \"nbformat_minor\": \"5\", \"metadata\": {}, \"cells\": []}|at /nbformat_minor|\"5\"",
                "{\"nbformat\": 4, \"nbformat_minor\": -1, \"metadata\": {}, \"cells\": []}|at /nbformat_minor|-1",
                "{\"nbformat\": 4, \"metadata\": {}}|at /cells: expected a list|found nothing",
                "{\"nbformat\": 4, \"metadata\": {}, \"cells\": {}}|at /cells: expected a list|found an object",
                "{\"nbformat\": 4, \"cells\": []}|at /metadata: expected an object|found nothing",
                "{\"nbformat\": 4, \"metadata\": [], \"cells\": []}|at /metadata: expected an object|found a list",
                "``|n.ipynb is empty|expected a notebook",
            })
    void whatIsNoNotebookIsRefusedWithItsPlace(String json, String place, String reason) {
        assertThatThrownBy(() -> NotebookReader.read(json.getBytes(UTF_8), "n.ipynb"))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|at /cells/0: expected a cell|found 1",
                "{\"source\": \"\", \"metadata\": {}}|at /cells/0/cell_type|found nothing",
                "{\"cell_type\": \"heading\", \"source\": \"\", \"metadata\": {}}|at /cells/0/cell_type|found \"heading\"",
                "{\"cell_type\": \"raw\", \"metadata\": {}}|at /cells/0/source|found nothing",
                "{\"cell_type\": \"raw\", \"metadata\": {}, \"source\": 3}|at /cells/0/source|found 3",
                "{\"cell_type\": \"raw\", \"metadata\": {}, \"source\": [\"\", 1]}|at /cells/0/source/1: expected a string|1",
                "{\"cell_type\": \"code\", \"source\": \"\", \"metadata\": 0}|at /cells/0/metadata|found 0",
                "{\"cell_type\": \"code\", \"source\": \"\"}|at /cells/0/metadata|found nothing",
                "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": {\"tags\": \"a\"}}|at /cells/0/metadata/tags|\"a\"",
                "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": {}, \"id\": []}|at /cells/0/id|found a list",
                "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": {}, \"attachments\": 1}|at /cells/0/attachments|1",
                "{\"cell_type\": \"raw\", \"source\": \"\", \"metadata\": {}, \"attachments\": {\"a/b\": 1}}|/attachments/a~1b|1",
            })
    void aCellThatIsNoneIsRefusedWithItsPlace(String cell, String place, String reason) {
        assertThatThrownBy(() ->
                        read("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [" + cell + "]}"))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|at /cells/0/outputs: expected a list of outputs|found an object",
                "[7]|at /cells/0/outputs/0: expected an output|found 7",
                "[{}]|at /cells/0/outputs/0/output_type: expected a string|found nothing",
                "[{\"output_type\": \"stream\"}]|at /cells/0/outputs/0/text|found nothing",
                "[{\"output_type\": \"other\", \"text\": [1]}]|at /cells/0/outputs/0/text/0|found 1",
                "[{\"output_type\": \"display_data\", \"data\": []}]|at /cells/0/outputs/0/data|found a list",
            })
    void anOutputThatIsNoneIsRefusedWithItsPlace(String outputs, String place, String reason) {
        assertThatThrownBy(() -> read("{\"nbformat\": 4, \"metadata\": {}, \"cells\": ["
                        + cell("code", ", \"outputs\": " + outputs) + "]}"))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedEvenWhereTheyWouldLookLikeText() {
        for (int[] bytes : List.of(new int[] {0xff}, new int[] {0xc1, 0xa9}, new int[] {0xed, 0xa0, 0x80})) {
            byte[] json = "{\"nbformat\": 4, \"metadata\": {\"a\": \"......\"}, \"cells\": []}".getBytes(UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                json[34 + i] = (byte) bytes[i];
            }
            assertThatThrownBy(() -> NotebookReader.read(json, "n.ipynb"))
                    .isInstanceOf(NotebookFormatException.class)
                    .hasMessageContaining("n.ipynb: expected text in UTF-8");
        }
    }

    @Test
    void aByteOrderMarkMayTellTheEncoding() throws IOException {
        String json = "{\"nbformat\": 4, \"metadata\": {\"a\": \"\uD83D\uDE00é\"}, \"cells\": []}\r\n";
        for (Charset charset : List.of(UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Notebook notebook = NotebookReader.read(("\ufeff" + json).getBytes(charset), "n.ipynb");

            assertThat(notebook.metadata().path("a").textValue()).isEqualTo("\uD83D\uDE00é");
        }
        assertThatThrownBy(() -> NotebookReader.read(json.getBytes(StandardCharsets.UTF_16LE), "n.ipynb"))
                .isInstanceOf(NotebookFormatException.class);
    }

    @Test
    void anUnpairedSurrogateIsKeptAsAnEscape() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"metadata\": {\"a\": \"x\\ud800y\\u0000\"}, \"cells\": []}");

        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8)).contains("x\\ud800y\\u0000");
    }

    @Test
    void ofRepeatedKeysTheLastCounts() throws IOException {
        Notebook notebook = read("{\"nbformat\": 4, \"metadata\": {\"a\": 1, \"a\": 2}, \"cells\": []}");

        assertThat(notebook.metadata().path("a").intValue()).isEqualTo(2);
    }

    @Test
    void anIntegerLongerThanPythonReadsIsRefused() throws IOException {
        String json = "{\"nbformat\": 4, \"metadata\": {\"a\": %s}, \"cells\": []}";

        assertThat(read(json.formatted("9".repeat(4300))).metadata().path("a").asText())
                .hasSize(4300);
        assertThatThrownBy(() -> read(json.formatted("9".repeat(4301))))
                .isInstanceOf(NotebookFormatException.class)
                .hasMessageContaining("4301");
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
                read("{\"nbformat\": 4, \"metadata\": {}, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\","
                        + " \"metadata\": {}, \"outputs\": ["
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

    private static String cell(String type, String more) {
        return "{\"cell_type\": \"" + type + "\", \"source\": \"\", \"metadata\": {}" + more + "}";
    }

    private static Notebook read(String json) throws IOException {
        return NotebookReader.read(json.getBytes(UTF_8), "test.ipynb");
    }
}
