package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that is read and written without a change leaves with the bytes that nbformat gives it. */
class RandomDocumentsIT {

    private static final int DOCUMENTS = 400;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 99})
    void aDocumentOfVersion4(int minor) throws Exception {
        RandomDocuments random = new RandomDocuments(20_260_000 + minor);

        assertSameBytes(random(() -> random.version4(minor)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aDocumentOfAnOldVersionAfterItsUpgrade(int major) throws Exception {
        RandomDocuments random = new RandomDocuments(20_260_200 + major);

        assertSameBytes(random(() -> random.old(major)));
    }

    @Test
    void aDocumentOfVersion3WithEverythingItCanHave() throws Exception {
        assertSameBytes(List.of("""
                {"metadata": {"name": "Old", "signature": "sha256:0", "mine": {"png": 1}}, "nbformat": 3, "nbformat_minor": 0,
                 "orig_nbformat": 2, "worksheets": [{"metadata": {}, "cells": [
                  {"cell_type": "heading", "level": 3, "metadata": {}, "source": ["Two\\n", "lines"]},
                  {"cell_type": "heading", "source": ""},
                  {"cell_type": "markdown", "metadata": {"a": 1}, "source": ["joined", "without ends"], "rendered": "x"},
                  {"cell_type": "html", "metadata": {}, "source": "<b>"},
                  {"cell_type": "raw", "source": []},
                  {"cell_type": "code", "language": "python", "collapsed": true, "prompt_number": 7, "metadata": {},
                   "input": ["a = 1\\n", "a"], "outputs": [
                     {"output_type": "pyout", "prompt_number": 7, "text": ["1"], "html": ["<b>\\n", "1"],
                      "metadata": {"png": {"width": 3}}},
                     {"output_type": "display_data", "png": "aGk=", "jpeg": "aGk=\\n", "svg": ["<svg>"],
                      "latex": "$x$", "json": "{\\"b\\": [1.0, 2]}", "javascript": "f()", "other": 1},
                     {"output_type": "stream", "stream": "stderr", "text": "e"},
                     {"output_type": "stream", "text": ["a", "b"]},
                     {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]}]}]},
                  {"cells": [{"cell_type": "code", "outputs": []}]}]}"""));
    }

    private static List<String> random(Supplier<String> next) {
        return IntStream.range(0, DOCUMENTS).mapToObj(i -> next.get()).toList();
    }

    private static void assertSameBytes(List<String> documents) throws IOException, InterruptedException {
        List<byte[]> bytes = new ArrayList<>();
        documents.forEach(document -> bytes.add(document.getBytes(UTF_8)));
        List<String> expected = Nbformat.rewrite(bytes);
        assertThat(expected).hasSameSizeAs(documents).doesNotContainNull();
        for (int i = 0; i < bytes.size(); i++) {
            Notebook notebook = NotebookReader.read(bytes.get(i), "document " + i);
            assertThat(withoutRandomIds(new String(NotebookWriter.toBytes(notebook), UTF_8)))
                    .as(documents.get(i))
                    .isEqualTo(withoutRandomIds(expected.get(i)));
        }
    }

    private static String withoutRandomIds(String document) {
        return document.replaceAll("\n   \"id\": \"[0-9a-f]{8}\"", "\n   \"id\": \"random\"");
    }
}
