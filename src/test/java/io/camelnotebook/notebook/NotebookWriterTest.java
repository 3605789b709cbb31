package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NotebookWriterTest {

    @Test
    void aNotebookIsLaidOutAsNbformatDoes() {
        Notebook notebook = empty();
        Cell cell = notebook.newCell(CellType.CODE, "a = 1\nprint('é')");
        StreamOutput stream = new StreamOutput("stdout");
        stream.append("é\n");
        cell.outputs().add(stream);
        cell.setExecutionCount(1);
        notebook.cells().add(cell);

        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8)).isEqualTo("""
                        {
                         "cells": [
                          {
                           "cell_type": "code",
                           "execution_count": 1,
                           "metadata": {},
                           "outputs": [
                            {
                             "name": "stdout",
                             "output_type": "stream",
                             "text": [
                              "é\\n"
                             ]
                            }
                           ],
                           "source": [
                            "a = 1\\n",
                            "print('é')"
                           ]
                          }
                         ],
                         "metadata": {},
                         "nbformat": 4,
                         "nbformat_minor": 4
                        }
                        """);
    }

    @Test
    void whatFrontEndsKeepInMemoryIsNotStored() {
        Notebook notebook = empty();
        notebook.metadata().put("signature", "s").put("kept", 1);
        Cell cell = notebook.newCell(CellType.RAW, "");
        cell.metadata().put("trusted", true).put("kept", 2);
        notebook.cells().add(cell);

        assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8))
                .contains("\"kept\": 1", "\"kept\": 2")
                .doesNotContain("signature", "trusted");
    }

    @Test
    void halfASurrogatePairIsKeptAsAnEscape() throws IOException {
        Notebook notebook = empty();
        notebook.cells().add(notebook.newCell(CellType.RAW, "a\ud83dz\ude00 \ud83d\ude00"));

        byte[] written = NotebookWriter.toBytes(notebook);

        assertThat(new String(written, UTF_8)).contains("\"a\\ud83dz\\ude00 \ud83d\ude00\"");
        assertThat(NotebookReader.read(written, "again").cells().get(0).source())
                .isEqualTo("a\ud83dz\ude00 \ud83d\ude00");
    }

    @Test
    void longTextOfAllKindsOfCharactersIsReadAsItWasWritten() throws IOException {
        String[] kinds = {
            "plain text ", "\"", "\\", "\n", "\r", "\r\n", "\0", "\t", "\u007f", "é", "\u0085", "€", "\u2028"
        };
        String[] units = {"\ud83d\ude00", "\ud83d", "\ude00"};
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        while (text.length() < 200_000) {
            text.append(random.nextInt(10) == 0 ? units[random.nextInt(3)] : kinds[random.nextInt(kinds.length)]);
        }
        Notebook notebook = empty();
        notebook.cells().add(notebook.newCell(CellType.RAW, text.toString()));
        notebook.metadata().put("in one", text.toString());

        Notebook again = NotebookReader.read(NotebookWriter.toBytes(notebook), "again");

        assertThat(again.cells().get(0).source()).isEqualTo(text.toString());
        assertThat(again.metadata().path("in one").textValue()).isEqualTo(text.toString());
    }

    @Test
    void aLargeOutputIsHandedOnInSmallPieces() throws IOException {
        Notebook notebook = empty();
        Cell cell = notebook.newCell(CellType.CODE, "");
        cell.outputs().add(StreamOutput.ofDocument("stdout", "0123456789abcde\n".repeat(1_000_000)));
        notebook.cells().add(cell);
        List<Integer> pieces = new ArrayList<>();

        NotebookWriter.write(notebook, new OutputStream() {
            @Override
            public void write(int b) {
                pieces.add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                pieces.add(length);
            }
        });

        assertThat(pieces).hasSizeGreaterThan(100).allMatch(length -> length < 1_000_000);
    }

    private static Notebook empty() {
        ObjectNode fields =
                JsonNodeFactory.instance.objectNode().put("nbformat", 4).put("nbformat_minor", 4);
        return new Notebook(fields, new ArrayList<>());
    }
}
