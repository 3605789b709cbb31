package io.camelnotebook.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Channel;
import io.camelnotebook.kernel.KernelEvent;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTimingTest {

    private final Cell cell = Cell.create(CellType.CODE, "x");
    private final CellTiming timing = new CellTiming(cell);

    @Test
    void itHasTheKeysOfNbclient() {
        send(Channel.IOPUB, "status", "busy", "1");
        send(Channel.IOPUB, "execute_input", "", "2");
        send(Channel.SHELL, "execute_reply", "ok", "3");
        send(Channel.IOPUB, "status", "idle", "4");
        timing.end();
        assertThat(execution())
                .hasToString("{\"iopub.status.busy\":\"1\",\"iopub.execute_input\":\"2\","
                        + "\"shell.execute_reply\":\"3\",\"iopub.status.idle\":\"4\"}");
    }

    @Test
    void statesThatNbclientDoesNotKeepAreNotKept() {
        send(Channel.IOPUB, "status", "starting", "1");
        send(Channel.IOPUB, "status", "", "2");
        send(Channel.IOPUB, "execute_reply", "ok", "3");
        timing.end();
        assertThat(execution().isMissingNode()).isTrue();
    }

    @Test
    void aKernelThatSendsNoDatesLeavesNothing() {
        send(Channel.IOPUB, "status", "busy", "");
        timing.end();
        assertThat(execution().isMissingNode()).isTrue();
    }

    private JsonNode execution() {
        return cell.metadata().path("execution");
    }

    private void send(Channel channel, String type, String state, String date) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode header = json.objectNode().put("msg_type", type).put("date", date);
        ObjectNode content = json.objectNode().put("execution_state", state);
        timing.accept(new KernelEvent.Received(
                channel, new Message(header, json.objectNode(), json.objectNode(), content, List.of())));
    }
}
