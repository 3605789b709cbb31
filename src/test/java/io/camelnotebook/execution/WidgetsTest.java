package io.camelnotebook.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidgetsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> sent = new ArrayList<>();
    private final Widgets widgets =
            new Widgets((parent, commId, data) -> sent.add(parent.path("msg_id").asText() + " " + commId + " " + data));
    private final Cell cell = Cell.create(CellType.CODE, "x");
    private final CellOutputs outputs = new CellOutputs(cell, new DisplayIndex(), widgets);

    @Test
    void statesOfAModelAreMerged() {
        open("a", "{'_model_name': 'M', '_model_module': 'mod', '_model_module_version': '1.0', 'value': 1, 'max': 9}");
        change("a", "{'value': 2}");
        change("a", "{'value': 3}");
        assertThat(models())
                .isEqualTo(json("{'a': {'model_name': 'M', 'model_module': 'mod',"
                        + " 'model_module_version': '1.0', 'state': {'_model_name': 'M', '_model_module': 'mod',"
                        + " '_model_module_version': '1.0', 'value': 3, 'max': 9}}}"));
    }

    @Test
    void whatIsNoModelIsNotStored() {
        open("a", "{'value': 1}");
        send("comm_msg", "{'comm_id': 'b', 'data': {'method': 'custom', 'content': {}}}");
        send("comm_msg", "{'comm_id': 'c', 'data': {'state': 'no object'}}");
        send("comm_msg", "{}");
        assertThat(models()).isEqualTo(json("{}"));
    }

    @Test
    void withoutWidgetsTheMetadataStaysAsItIs() {
        ObjectNode metadata = json("{'widgets': {'old': 1}}");
        send("comm_open", "{'comm_id': 'a', 'target_name': 'mine', 'data': {'x': 1}}");
        widgets.writeTo(metadata);
        assertThat(metadata).isEqualTo(json("{'widgets': {'old': 1}}"));
    }

    @Test
    void widgetsReplaceThoseOfAnEarlierRun() {
        ObjectNode metadata = json("{'widgets': {'old': 1}}");
        open("a", "{'_model_name': 'M'}");
        widgets.writeTo(metadata);
        assertThat(metadata)
                .isEqualTo(json("{'widgets': {'application/vnd.jupyter.widget-state+json': {'state': {'a':"
                        + " {'model_name': 'M', 'model_module': null, 'model_module_version': null,"
                        + " 'state': {'_model_name': 'M'}}}, 'version_major': 2, 'version_minor': 0}}}"));
    }

    @Test
    void aWidgetThatIsClosedKeepsItsLastState() {
        open("a", "{'_model_name': 'M', 'value': 1}");
        send("comm_close", "{'comm_id': 'a', 'data': {}}");
        assertThat(models().at("/a/state/value").asInt()).isEqualTo(1);
    }

    @Test
    void binaryValuesAreKeptByTheirPathTheLatestWins() {
        message(
                "comm_open",
                "{'comm_id': 'a', 'data': {'state': {'_model_name': 'M'}, 'buffer_paths': [['x'], ['y', 0]]}}",
                "one".getBytes(UTF_8),
                new byte[] {(byte) 0xff});
        message(
                "comm_msg",
                "{'comm_id': 'a', 'data': {'state': {}, 'buffer_paths': [['x'], ['absent']]}}",
                "two".getBytes(UTF_8));
        assertThat(models().at("/a/buffers"))
                .isEqualTo(json("{'b': [{'data': 'dHdv', 'encoding': 'base64', 'path': ['x']},"
                                + " {'data': '/w==', 'encoding': 'base64', 'path': ['y', 0]}]}")
                        .path("b"));
    }

    @Test
    void anOutputWidgetGetsWhatIsPrintedWhileItAsksForIt() {
        openOutput("o");
        print("before");
        change("o", "{'msg_id': 'request'}");
        print("a");
        print("b");
        send("stream", "{'name': 'stderr', 'text': 'c'}");
        send("display_data", "{'data': {'text/plain': 'd'}, 'metadata': {}, 'transient': {}}");
        send("error", "{'ename': 'E', 'evalue': 'v', 'traceback': ['t']}");
        change("o", "{'msg_id': ''}");
        print(" and after");
        widgets.sync();
        assertThat(cell.outputs()).hasSize(1);
        assertThat(models().at("/o/state/outputs").toString())
                .isEqualTo("[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"ab\"},"
                        + "{\"output_type\":\"stream\",\"name\":\"stderr\",\"text\":\"c\"},"
                        + "{\"output_type\":\"display_data\",\"metadata\":{},\"data\":{\"text/plain\":\"d\"}},"
                        + "{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[\"t\"]}]");
    }

    @Test
    void ofNestedOutputWidgetsTheInnerOneGetsTheText() {
        openOutput("outer");
        openOutput("inner");
        change("outer", "{'msg_id': 'request'}");
        print("1");
        change("inner", "{'msg_id': 'request'}");
        print("2");
        change("inner", "{'msg_id': ''}");
        print("3");
        widgets.sync();
        assertThat(collected("outer")).isEqualTo("13");
        assertThat(collected("inner")).isEqualTo("2");
        assertThat(cell.outputs()).isEmpty();
    }

    @Test
    void anOutputWidgetOfAnotherRequestGetsNothing() {
        openOutput("o");
        change("o", "{'msg_id': 'an earlier one'}");
        print("1");
        assertThat(cell.outputs()).hasSize(1);
    }

    @Test
    void clearingClearsTheOutputWidgetAndNotTheCell() {
        print("of the cell");
        openOutput("o");
        change("o", "{'msg_id': 'request'}");
        print("1");
        send("clear_output", "{'wait': false}");
        print("2");
        send("clear_output", "{'wait': true}");
        widgets.sync();
        assertThat(collected("o")).isEqualTo("2");
        print("3");
        widgets.sync();
        assertThat(collected("o")).isEqualTo("3");
        assertThat(cell.outputs()).hasSize(1);
    }

    @Test
    void whatTheKernelSetsAfterAClearingStays() {
        openOutput("o");
        change("o", "{'msg_id': 'request'}");
        send("clear_output", "{'wait': false}");
        change("o", "{'outputs': [{'output_type': 'stream', 'name': 'stdout', 'text': 'set'}]}");
        widgets.sync();
        assertThat(collected("o")).isEqualTo("set");
    }

    @Test
    void theKernelIsNotToldWheneverCollectingBeginsOrEnds() {
        openOutput("o");
        change("o", "{'msg_id': 'request'}");
        print("1");
        change("o", "{'msg_id': ''}");
        change("o", "{'msg_id': 'request'}");
        print("2");
        change("o", "{'msg_id': ''}");
        assertThat(sent).isEmpty();
        widgets.sync();
        assertThat(collected("o")).isEqualTo("12");
    }

    @Test
    void theKernelIsToldOncePerSync() {
        openOutput("o");
        change("o", "{'msg_id': 'request'}");
        widgets.sync();
        assertThat(sent).isEmpty();
        print("1");
        print("2");
        widgets.sync();
        widgets.sync();
        send("clear_output", "{'wait': false}");
        widgets.sync();
        assertThat(sent)
                .containsExactly(
                        "request o {\"method\":\"update\",\"state\":{\"outputs\":[{\"output_type\":\"stream\","
                                + "\"name\":\"stdout\",\"text\":\"12\"}]},\"buffer_paths\":[]}",
                        "request o {\"method\":\"update\",\"state\":{\"outputs\":[]},\"buffer_paths\":[]}");
    }

    private void open(String id, String state) {
        send(
                "comm_open",
                "{'comm_id': '" + id + "', 'target_name': 'jupyter.widget', 'data': {'state': " + state + "}}");
    }

    private void openOutput(String id) {
        open(id, "{'_model_name': 'OutputModel', '_model_module': '@jupyter-widgets/output', 'outputs': []}");
    }

    private void change(String id, String state) {
        send("comm_msg", "{'comm_id': '" + id + "', 'data': {'method': 'update', 'state': " + state + "}}");
    }

    private void print(String text) {
        send("stream", "{'name': 'stdout', 'text': '" + text + "'}");
    }

    private void send(String type, String content) {
        message(type, content);
    }

    private void message(String type, String content, byte[]... buffers) {
        ObjectNode header = JSON.createObjectNode().put("msg_type", type);
        ObjectNode parent = JSON.createObjectNode().put("msg_id", "request");
        outputs.accept(new Message(header, parent, JSON.createObjectNode(), json(content), List.of(buffers)));
    }

    private ObjectNode models() {
        ObjectNode metadata = JSON.createObjectNode();
        widgets.writeTo(metadata);
        return (ObjectNode) metadata.at("/widgets/application~1vnd.jupyter.widget-state+json/state");
    }

    private String collected(String id) {
        assertThat(models().path(id).at("/state/outputs")).hasSize(1);
        return models().path(id).at("/state/outputs/0/text").asText();
    }

    private static ObjectNode json(String quoted) {
        try {
            return (ObjectNode) JSON.readTree(quoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(quoted, e);
        }
    }
}
