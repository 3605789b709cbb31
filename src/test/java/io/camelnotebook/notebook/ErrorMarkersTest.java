package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrorMarkersTest {

    private Notebook notebook;

    @BeforeEach
    void twoCells() throws IOException {
        notebook = NotebookReader.read("""
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                  {"cell_type": "code", "source": "a", "execution_count": 1, "metadata": {}},
                  {"cell_type": "code", "source": "b", "execution_count": 2, "metadata": {}}]}""".getBytes(UTF_8), "test.ipynb");
    }

    @Test
    void aBannerOnTopLinksToAnAnchorBeforeTheFailedCell() {
        ErrorMarkers.add(notebook, notebook.cells().get(1));

        assertThat(notebook.cells())
                .extracting(Cell::type)
                .containsExactly(CellType.MARKDOWN, CellType.CODE, CellType.MARKDOWN, CellType.CODE);
        Cell banner = notebook.cells().get(0);
        assertThat(banner.source()).contains("href=\"#papermill-error-cell\"");
        assertThat(banner.source().replaceAll("<[^>]*>", "")).isEqualTo("An Exception was encountered at 'In [2]'.");
        Cell anchor = notebook.cells().get(2);
        assertThat(anchor.source()).contains("id=\"papermill-error-cell\"");
        assertThat(banner.tags()).containsExactly(ErrorMarkers.TAG);
        assertThat(anchor.tags()).containsExactly(ErrorMarkers.TAG);
        assertThat(notebook.cells())
                .extracting(cell -> cell.fields().path("id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void markersOfAnEarlierRunAreReplaced() {
        Cell first = notebook.cells().get(0);
        ErrorMarkers.add(notebook, notebook.cells().get(1));

        ErrorMarkers.add(notebook, first);

        assertThat(notebook.cells()).hasSize(4);
        assertThat(notebook.cells().get(2)).isSameAs(first);
        assertThat(notebook.cells().get(0).source()).contains("In [1]");
    }

    @Test
    void markersCanBeRemoved() {
        ErrorMarkers.add(notebook, notebook.cells().get(1));

        ErrorMarkers.remove(notebook);

        assertThat(notebook.cells()).extracting(Cell::source).containsExactly("a", "b");
    }

    @Test
    void aCellWithoutACountHasAnEmptyPrompt() {
        Cell failed = notebook.cells().get(0);
        failed.clearOutputs();

        ErrorMarkers.add(notebook, failed);

        assertThat(notebook.cells().get(0).source()).contains("In [ ]");
    }

    @Test
    void aCellOfAnotherNotebookIsRefused() {
        assertThatThrownBy(() -> ErrorMarkers.add(notebook, Cell.create(CellType.CODE, "c")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
