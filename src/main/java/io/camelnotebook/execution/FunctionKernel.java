package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.kernel.KernelExit;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import io.camelnotebook.notebook.JsonOutput;
import java.time.Duration;
import java.util.Optional;

/**
 * A Python kernel on which a notebook's definitions have run, and that is kept to call its functions for one chunk of
 * items after the other. For one thread at a time. Closing it ends the kernel.
 */
public final class FunctionKernel implements AutoCloseable {

    private static final String DONE = "application/x.camel-notebook.chunk+json";

    /**
     * How the definitions went.
     *
     * @param kernel empty if they did not succeed; it has ended then
     */
    public record Start(ExecutionResult result, Optional<FunctionKernel> kernel) {}

    /**
     * How a chunk ended.
     *
     * @param error why it has no results; empty if it succeeded, whatever became of its items
     * @param done what camel_notebook_map told of it; missing if it did not succeed
     */
    public record ChunkResult(Outcome outcome, Optional<ExecutionError> error, JsonNode done, Duration duration) {

        /** Whether the kernel can take another chunk. */
        public boolean leavesKernelUsable() {
            return outcome == Outcome.SUCCEEDED || outcome == Outcome.FAILED;
        }
    }

    private final Kernel kernel;

    FunctionKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether its process has ended. */
    public boolean isDead() {
        return kernel.exit().isDone();
    }

    /**
     * Calls a function for the items of a chunk.
     *
     * @param request what camel_notebook_map is to do, as JSON
     * @param options limits: both of its timeouts are for the chunk
     * @param cancellation may ask for an early end, from any thread
     */
    public ChunkResult call(JsonNode request, ExecutionOptions options, Cancellation cancellation)
            throws InterruptedException {
        // A text in JSON is one in Python, too: what is not ASCII is the same in both.
        Cell cell = Cell.create(
                CellType.CODE, "__import__('camel_notebook_map').run(" + TextNode.valueOf(request.toString()) + ")");
        Stopping stopping = new Stopping(kernel, options);
        cancellation.onRequest(stopping::cancel);
        try {
            CellResult result = new CellRun(
                            0,
                            cell,
                            kernel,
                            stopping,
                            new Autosave(() -> {}, Duration.ZERO, System::nanoTime),
                            ExecutionListener.NONE,
                            new DisplayIndex(),
                            new Widgets(kernel::sendToComm))
                    .run(CellPolicy.DEFAULT);
            Outcome outcome = Outcome.of(result.status());
            return new ChunkResult(outcome, result.error(), done(cell), result.duration());
        } finally {
            cancellation.onRequest(null);
        }
    }

    private static JsonNode done(Cell cell) {
        return cell.outputs().stream()
                .filter(JsonOutput.class::isInstance)
                .map(output -> ((JsonOutput) output).json().path("data").path(DONE))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The name of its spec. */
    public String name() {
        return kernel.spec().name();
    }

    /** Ends it; says how its process ended, unless nobody can. */
    public Optional<KernelExit> end() {
        return new KernelEnd(kernel).await();
    }

    @Override
    public void close() {
        end();
    }
}
