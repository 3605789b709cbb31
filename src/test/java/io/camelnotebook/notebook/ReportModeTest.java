package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReportModeTest {

    @Test
    void theSourceOfCodeIsHiddenAndWhatElseFrontEndsWereToldStays() throws IOException {
        Notebook notebook = NotebookReader.read("""
                {"nbformat": 4, "metadata": {}, "cells": [
                  {"cell_type": "code", "source": "a", "metadata": {"jupyter": {"outputs_hidden": true}}},
                  {"cell_type": "code", "source": "b", "metadata": {}},
                  {"cell_type": "markdown", "source": "c", "metadata": {}}]}""".getBytes(UTF_8), "test.ipynb");

        ReportMode.apply(notebook);

        assertThat(notebook.cells().get(0).metadata())
                .hasToString("{\"jupyter\":{\"outputs_hidden\":true,\"source_hidden\":true}}");
        assertThat(notebook.cells().get(1).metadata()).hasToString("{\"jupyter\":{\"source_hidden\":true}}");
        assertThat(notebook.cells().get(2).metadata()).isEmpty();
    }
}
