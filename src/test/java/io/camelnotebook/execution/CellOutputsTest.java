package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import io.camelnotebook.notebook.JsonOutput;
import io.camelnotebook.notebook.StreamOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CellOutputsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DisplayIndex displays = new DisplayIndex();
    private final Widgets widgets = new Widgets((parent, commId, data) -> {});
    private final Cell cell = Cell.create(CellType.CODE, "x");
    private final CellOutputs outputs = new CellOutputs(cell, displays, widgets);

    @Test
    void textsOfTheSameStreamThatFollowEachOtherAreOneOutput() {
        stream("stdout", "a");
        stream("stdout", "b\n");
        stream("stderr", "c");
        stream("stdout", "d");
        assertThat(shown()).containsExactly("stdout: ab\n", "stderr: c", "stdout: d");
    }

    @Test
    void clearingEmptiesAtOnce() {
        stream("stdout", "a");
        send("clear_output", "{'wait': false}");
        assertThat(shown()).isEmpty();
    }

    @Test
    void clearingWithWaitEmptiesWhenTheNextOutputComes() {
        stream("stdout", "a");
        send("clear_output", "{'wait': true}");
        assertThat(shown()).containsExactly("stdout: a");
        stream("stdout", "b");
        stream("stdout", "c");
        assertThat(shown()).containsExactly("stdout: bc");
    }

    @Test
    void anUpdateOfADisplayIsNoOutputThatAClearingWaitsFor() {
        display("first", "d");
        send("clear_output", "{'wait': true}");
        update("second", "d");
        assertThat(shown()).containsExactly("second");
    }

    @Test
    void anUpdateChangesEveryOutputOfThatDisplayInAnyCell() {
        display("one", "d");
        Cell next = Cell.create(CellType.CODE, "y");
        CellOutputs ofNext = new CellOutputs(next, displays, widgets);
        ofNext.accept(message("update_display_data", content("two", "d")));
        assertThat(shown()).containsExactly("two");
        assertThat(next.outputs()).isEmpty();
        ofNext.accept(message("display_data", content("three", "d")));
        assertThat(shown()).containsExactly("three");
    }

    @Test
    void anUpdateOfAnUnknownDisplayIsIgnored() {
        display("one", "d");
        update("two", "e");
        assertThat(shown()).containsExactly("one");
    }

    @Test
    void outputsThatWereClearedAreNotUpdated() {
        display("one", "d");
        JsonOutput cleared = (JsonOutput) cell.outputs().get(0);
        send("clear_output", "{}");
        update("two", "d");
        assertThat(text(cleared)).isEqualTo("one");
    }

    @Test
    @Timeout(20)
    void clearingManyDisplaysTakesLinearTime() {
        for (int i = 0; i < 50_000; i++) {
            display("shown", "d" + i);
        }
        send("clear_output", "{}");
        assertThat(shown()).isEmpty();
    }

    @Test
    void anUpdateWithoutDataLeavesAnEmptyBundle() {
        display("one", "d");
        send("update_display_data", "{'data': 7, 'transient': {'display_id': 'd'}}");
        JsonOutput output = (JsonOutput) cell.outputs().get(0);
        assertThat(output.json().path("data").isObject()).isTrue();
        assertThat(output.json().path("metadata").isObject()).isTrue();
    }

    @Test
    void transientDataStaysOut() {
        display("one", "d");
        assertThat(((JsonOutput) cell.outputs().get(0)).json().has("transient")).isFalse();
    }

    @Test
    void aCountInAnyMessageIsTheCells() {
        send("execute_input", "{'execution_count': 4}");
        assertThat(cell.executionCount()).hasValue(4);
        send("execute_result", "{'execution_count': 'seven', 'data': {}}");
        assertThat(cell.executionCount()).hasValue(4);
        assertThat(((JsonOutput) cell.outputs().get(0))
                        .json()
                        .path("execution_count")
                        .isNull())
                .isTrue();
    }

    @Test
    void anErrorKeepsItsLines() throws JsonProcessingException {
        send("error", "{'ename': 'E', 'evalue': 'v', 'traceback': ['1', '\\u001b[31m2']}");
        assertThat(((JsonOutput) cell.outputs().get(0)).json())
                .isEqualTo(json("{'output_type': 'error', 'ename': 'E', 'evalue': 'v',"
                        + " 'traceback': ['1', '\\u001b[31m2']}"));
    }

    @Test
    void messagesThatAreNoOutputAreIgnored() {
        send("status", "{'execution_state': 'idle'}");
        send("comm_open", "{'data': {}}");
        send("", "{}");
        assertThat(shown()).isEmpty();
    }

    private void stream(String name, String text) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        outputs.accept(message("stream", content.put("name", name).put("text", text)));
    }

    private void display(String text, String id) {
        outputs.accept(message("display_data", content(text, id)));
    }

    private void update(String text, String id) {
        outputs.accept(message("update_display_data", content(text, id)));
    }

    private void send(String type, String content) {
        try {
            outputs.accept(message(type, json(content)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(content, e);
        }
    }

    private static ObjectNode content(String text, String displayId) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.putObject("data").put("text/plain", text);
        content.putObject("metadata");
        content.putObject("transient").put("display_id", displayId);
        return content;
    }

    private static ObjectNode json(String quoted) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(quoted.replace('\'', '"'));
    }

    private static Message message(String type, ObjectNode content) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode header = json.objectNode().put("msg_type", type);
        return new Message(header, json.objectNode(), json.objectNode(), content, List.of());
    }

    private List<String> shown() {
        return cell.outputs().stream()
                .map(output -> output instanceof StreamOutput stream
                        ? stream.name() + ": " + stream.text()
                        : text((JsonOutput) output))
                .toList();
    }

    private static String text(JsonOutput output) {
        return output.json().path("data").path("text/plain").asText();
    }
}
