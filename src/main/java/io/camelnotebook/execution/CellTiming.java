package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.Channel;
import io.camelnotebook.kernel.KernelEvent;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;

/** Writes into a cell's {@code metadata.execution} when the kernel says that things happened, as nbclient does. */
final class CellTiming {

    private final Cell cell;
    private final ObjectNode times;

    CellTiming(Cell cell) {
        this.cell = cell;
        times = cell.metadata().objectNode();
        cell.metadata().set("execution", times);
    }

    void accept(KernelEvent.Received received) {
        Message message = received.message();
        String key = switch (message.type()) {
            case "status" -> statusKey(message.text("execution_state"));
            case "execute_input" -> "iopub.execute_input";
            case "execute_reply" -> received.channel() == Channel.SHELL ? "shell.execute_reply" : "";
            default -> "";
        };
        if (!key.isEmpty() && !message.date().isEmpty()) {
            times.put(key, message.date());
        }
    }

    /** Kernels report more states than nbclient keeps, such as {@code starting}. */
    private static String statusKey(String state) {
        return state.equals("busy") || state.equals("idle") ? "iopub.status." + state : "";
    }

    /** Leaves no empty object behind for a kernel that sends no dates. */
    void end() {
        if (times.isEmpty()) {
            cell.metadata().remove("execution");
        }
    }
}
