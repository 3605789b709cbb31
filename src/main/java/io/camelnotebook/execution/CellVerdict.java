package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.kernel.KernelEvent;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.JsonOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says how a cell ended, from what the kernel answered, or why it could not answer. */
final class CellVerdict {

    /** Of a cell that took too long, as nbclient shows it. */
    private static final int LINES_AT_BOTH_ENDS = 5;

    private final int index;
    private final Cell cell;
    private final CellPolicy policy;

    CellVerdict(int index, Cell cell, CellPolicy policy) {
        this.index = index;
        this.cell = cell;
        this.policy = policy;
    }

    /** The kernel had ended before the cell was sent to it. */
    CellResult diedBefore(String how) {
        ExecutionError error = ours("DeadKernel", "the kernel had ended before the cell began: " + how);
        return new CellResult(CellStatus.KERNEL_DIED, Duration.ZERO, Optional.of(error), true);
    }

    /** The kernel ended without an answer. */
    CellResult died(KernelEvent.Died death, Duration duration) {
        ExecutionError error = death.excess()
                .map(excess -> ours(
                        "MemoryLimit",
                        "the kernel was killed in the middle of the cell: it " + excess.description()
                                + "; raise 'memory' under the job's 'resources', or hold less at once"))
                .orElseGet(() -> ours("DeadKernel", "the kernel ended in the middle of the cell: " + death.how()));
        return new CellResult(CellStatus.KERNEL_DIED, duration, Optional.of(error), true);
    }

    /** Whatever the kernel answered after our interrupt: it does not count. */
    CellResult cancelled(Duration duration) {
        ExecutionError error = ours("Cancelled", "the job was cancelled while the cell ran");
        return new CellResult(CellStatus.CANCELLED, duration, Optional.of(error), true);
    }

    /** The same for a limit of time; in place of a traceback there is what ran. */
    CellResult timedOut(Duration limit, Duration duration) {
        ExecutionError error =
                ours("CellTimeout", "the time limit of " + seconds(limit) + " was over while the cell ran");
        List<String> whatRan = new ArrayList<>(preview());
        whatRan.add(error.summary());
        ExecutionError told =
                new ExecutionError(error.cell(), error.executionCount(), error.name(), error.message(), whatRan);
        return new CellResult(CellStatus.TIMED_OUT, duration, Optional.of(told), true);
    }

    /** The cell's code, without its middle if it is long. */
    private List<String> preview() {
        List<String> lines = cell.source().lines().map(line -> "    " + line).toList();
        int left = lines.size() - 2 * LINES_AT_BOTH_ENDS;
        if (left <= 0) {
            return lines;
        }
        List<String> preview = new ArrayList<>(lines.subList(0, LINES_AT_BOTH_ENDS));
        preview.add("    … " + left + " lines left out …");
        preview.addAll(lines.subList(lines.size() - LINES_AT_BOTH_ENDS, lines.size()));
        return preview;
    }

    /** What the reply means; null if there was none although the kernel was idle again. */
    CellResult replied(@Nullable Message reply, Duration duration) {
        if (reply == null) {
            ExecutionError error = ours(
                    "NoReply", "the kernel reported that it is idle, but did not answer the request to run the cell");
            return new CellResult(CellStatus.FAILED, duration, Optional.of(error), true);
        }
        Optional<ExecutionError> error = replyError(reply);
        if (error.isEmpty() || policy.allows(cell, error.get())) {
            return new CellResult(CellStatus.COMPLETED, duration, error, false);
        }
        boolean quietExit = isQuietExit(error.get());
        return new CellResult(quietExit ? CellStatus.COMPLETED : CellStatus.FAILED, duration, error, true);
    }

    /** Whether the notebook said that it is done: {@code sys.exit()} or {@code sys.exit(0)}. */
    static boolean isQuietExit(ExecutionError error) {
        return error.name().equals("SystemExit")
                && (error.message().isEmpty() || error.message().equals("0"));
    }

    /** The reply decides, not an error output; but a reply that says nothing leaves the outputs to decide. */
    private Optional<ExecutionError> replyError(Message reply) {
        return switch (reply.text("status")) {
            case "ok" -> Optional.empty();
            case "error" -> Optional.of(error(reply.content()));
            case "" -> errorOutput().map(this::error);
            default ->
                Optional.of(
                        ours("Aborted", "the kernel did not run the cell; it answered '" + reply.text("status") + "'"));
        };
    }

    private Optional<JsonNode> errorOutput() {
        return cell.outputs().stream()
                .filter(output -> output.type().equals("error"))
                .<JsonNode>map(output -> ((JsonOutput) output).json())
                .findFirst();
    }

    private ExecutionError error(JsonNode content) {
        String name = content.path("ename").asText();
        String message = content.path("evalue").asText();
        if (name.isEmpty() && message.isEmpty()) {
            message = "the kernel does not say which; see what the cell printed";
        }
        List<String> traceback = new ArrayList<>();
        content.path("traceback").forEach(line -> traceback.add(line.asText()));
        return new ExecutionError(
                OptionalInt.of(index), cell.executionCount(), name.isEmpty() ? "Error" : name, message, traceback);
    }

    private ExecutionError ours(String name, String message) {
        return ExecutionError.ours(OptionalInt.of(index), cell.executionCount(), name, message);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() / 1000.0 + " s";
    }
}
