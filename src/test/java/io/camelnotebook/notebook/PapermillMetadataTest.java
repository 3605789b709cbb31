package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PapermillMetadataTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Notebook notebook;
    private PapermillMetadata metadata;

    @BeforeEach
    void twoCells() throws IOException {
        notebook = NotebookReader.read("""
                {"nbformat": 4, "metadata": {"papermill": {"environment_variables": {"A": "b"}, "end_time": "old"}},
                 "cells": [{"cell_type": "code", "source": "a", "metadata": {"papermill": {"status": "completed"}}},
                           {"cell_type": "markdown", "source": "b", "metadata": {}}]}""".getBytes(UTF_8), "test.ipynb");
        metadata = new PapermillMetadata(notebook);
    }

    @Test
    void whatIsRunIsDescribed() {
        metadata.describe(Map.of("alpha", DoubleNode.valueOf(0.6)), "in.ipynb", "out.ipynb", "1.2");

        assertThat(block())
                .hasToString(
                        "{\"environment_variables\":{\"A\":\"b\"},\"end_time\":\"old\",\"parameters\":{\"alpha\":0.6},"
                                + "\"default_parameters\":{},\"version\":\"1.2\",\"input_path\":\"in.ipynb\","
                                + "\"output_path\":\"out.ipynb\"}");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreRecordedAsText() {
        JsonNode nested = JsonNodeFactory.instance
                .objectNode()
                .set(
                        "list",
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(Double.NaN)
                                .add(Double.NEGATIVE_INFINITY)
                                .add(1));

        metadata.describe(Map.of("x", nested), "", "", "");

        assertThat(block().path("parameters")).hasToString("{\"x\":{\"list\":[\"NaN\",\"-Infinity\",1]}}");
    }

    @Test
    void everyCellIsPendingAtTheStart() {
        metadata.notebookStarted(START);

        assertThat(block().path("start_time").asText()).isEqualTo("2026-01-02T03:04:05+00:00");
        assertThat(block().path("end_time").isNull()).isTrue();
        assertThat(notebook.cells())
                .allSatisfy(cell -> assertThat(block(cell))
                        .hasToString("{\"exception\":null,\"start_time\":null,\"end_time\":null,\"duration\":null,"
                                + "\"status\":\"pending\"}"));
    }

    @Test
    void aRunThatSucceedsIsRecorded() {
        Cell cell = notebook.cells().get(0);
        metadata.notebookStarted(START);
        metadata.cellStarted(cell, START.plusNanos(250_000_789));
        assertThat(block(cell).path("status").asText()).isEqualTo("running");
        metadata.cellCompleted(cell, START.plusSeconds(2));
        metadata.notebookEnded(START.plusMillis(2500), true);

        assertThat(block(cell))
                .hasToString("{\"exception\":false,\"start_time\":\"2026-01-02T03:04:05.250000+00:00\","
                        + "\"end_time\":\"2026-01-02T03:04:07+00:00\",\"duration\":1.75,\"status\":\"completed\"}");
        assertThat(block().path("duration").doubleValue()).isEqualTo(2.5);
        assertThat(block().path("exception").isNull()).isTrue();
    }

    @Test
    void aFailureIsRecordedAndLaterCellsStayPending() {
        Cell cell = notebook.cells().get(0);
        metadata.notebookStarted(START);
        metadata.cellStarted(cell, START);
        metadata.cellFailed(cell, START.plusSeconds(1));
        metadata.notebookEnded(START.plusSeconds(1), false);

        assertThat(block(cell).path("status").asText()).isEqualTo("failed");
        assertThat(block(cell).path("exception").booleanValue()).isTrue();
        assertThat(block(notebook.cells().get(1)).path("status").asText()).isEqualTo("pending");
        assertThat(block().path("exception").booleanValue()).isTrue();
    }

    private JsonNode block() {
        return notebook.metadata().path("papermill");
    }

    private static JsonNode block(Cell cell) {
        return cell.metadata().path("papermill");
    }
}
