package io.camelnotebook.execution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the comparison of engines does not see, and that it sees everything else. */
class NormaliserTest {

    private static final String SLIDER = "0123456789abcdef0123456789abcdef";
    private static final String LAYOUT = "fedcba9876543210fedcba9876543210";
    private static final String OTHER = "00000000000000000000000000000000";

    @Test
    void chunksOfAStreamAreOneText() throws JsonProcessingException {
        String cut = cell(stream("stdout", "a\\n"), stream("stdout", "b"), stream("stderr", "c"));
        String whole = cell(stream("stdout", "a\\nb"), stream("stderr", "c"));
        assertThat(differences(cut, whole)).isEmpty();
    }

    @Test
    void streamsInAnotherOrderAreSeen() throws JsonProcessingException {
        String one = cell(stream("stdout", "a"), stream("stderr", "b"));
        String other = cell(stream("stderr", "b"), stream("stdout", "a"));
        assertThat(differences(one, other)).hasSize(4);
    }

    @Test
    void foldersAddressesAndFilesOfCellsAreNotSeen() throws JsonProcessingException {
        String one = cell(
                stream("stderr", "/tmp/one/x <A at 0x7f0011223344> /tmp/ipykernel_12/345.py:1 (678901.py, line 1)"));
        String other =
                cell(stream("stderr", "/tmp/two/x <A at 0x7fffeeddccbb> /tmp/ipykernel_9/8.py:1 (54321.py, line 1)"));
        assertThat(NotebookComparison.between(executed(one, "/tmp/one"), executed(other, "/tmp/two")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "12345", "2026-01-01T00:00:00.000000Z", "/tmp/other", "deadbeef", "x.py, line 3"})
    void otherNumbersAndTextsAreSeen(String text) throws JsonProcessingException {
        assertThat(differences(cell(stream("stdout", text)), cell(stream("stdout", text + "1"))))
                .hasSize(1);
    }

    @Test
    void timesOfTheMessagesAreNotSeenButWhichThereAre() throws JsonProcessingException {
        assertThat(differences(
                        timed("\"a\": \"2026-01-01T00:00:00.000000Z\""),
                        timed("\"a\": \"2027-12-31T00:00:00.000001Z\"")))
                .isEmpty();
        assertThat(differences(timed("\"a\": \"2026-01-01T00:00:00.000000Z\""), timed("\"a\": \"soon\"")))
                .hasSize(1);
        assertThat(differences(timed("\"a\": \"2026-01-01T00:00:00.000000Z\""), timed("")))
                .hasSize(1);
    }

    @Test
    void idsOfWidgetsAreNotSeenButWhatTheyReferTo() throws JsonProcessingException {
        String one = widgets(SLIDER, LAYOUT, LAYOUT);
        assertThat(differences(one, widgets(LAYOUT, OTHER, OTHER))).isEmpty();
        assertThat(differences(one, widgets(LAYOUT, OTHER, LAYOUT))).isNotEmpty();
    }

    /** A cell that shows one widget, which refers to a second one. */
    private static String widgets(String shown, String second, String referred) {
        return """
                {"cells": [{"outputs": [{"data": {"view": {"model_id": "%s"}}}]}],
                 "metadata": {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {
                  "%s": {"state": {"layout": "IPY_MODEL_%s"}}, "%s": {"state": {}}}}}}}
                """.formatted(shown, shown, referred, second);
    }

    private static String timed(String times) {
        return "{\"cells\": [{\"metadata\": {\"execution\": {" + times + "}}}]}";
    }

    private static String cell(String... outputs) {
        return "{\"cells\": [{\"outputs\": [" + String.join(",", outputs) + "]}]}";
    }

    private static String stream(String name, String text) {
        return "{\"output_type\": \"stream\", \"name\": \"" + name + "\", \"text\": [\"" + text + "\"]}";
    }

    private static List<Difference> differences(String expected, String actual) throws JsonProcessingException {
        return NotebookComparison.between(executed(expected, "/work"), executed(actual, "/work"));
    }

    private static ExecutedNotebook executed(String json, String folder) throws JsonProcessingException {
        JsonNode document = new ObjectMapper().readTree(json);
        return new Normaliser(Path.of(folder))
                .normalise(new ExecutedNotebook(ExecutedNotebook.verdict("succeeded"), document));
    }
}
