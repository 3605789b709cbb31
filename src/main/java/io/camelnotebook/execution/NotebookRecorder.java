package io.camelnotebook.execution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.kernel.KernelInfo;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.Message;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.PapermillMetadata;
import java.time.Clock;
import java.util.List;

/**
 * Writes into a notebook what is known about its execution: in papermill's fields what papermill has words for, and in
 * {@code metadata.camel_notebook} the rest. It listens to the execution and passes on to another listener.
 */
final class NotebookRecorder implements ExecutionListener {

    private final Notebook notebook;
    private final PapermillMetadata papermill;
    private final ExecutionListener next;
    private final Clock clock;

    NotebookRecorder(Notebook notebook, ExecutionListener next, Clock clock) {
        this.notebook = notebook;
        this.next = next;
        this.clock = clock;
        papermill = new PapermillMetadata(notebook);
    }

    /** Before anything runs. */
    void prepared(ExecutionRequest request) {
        described(request);
        papermill.notebookStarted(clock.instant());
    }

    /** What was asked for, of a notebook that may never be run. */
    void described(ExecutionRequest request) {
        papermill.describe(
                request.parameters(),
                request.notebook().toString(),
                request.output().toString(),
                EngineVersion.get());
    }

    @Override
    public void started() {
        next.started();
    }

    @Override
    public void cellStarted(int index) {
        papermill.cellStarted(notebook.cells().get(index), clock.instant());
        next.cellStarted(index);
    }

    @Override
    public void published(int index, Message message) {
        next.published(index, message);
    }

    @Override
    public void cellEnded(int index, CellResult result) {
        Cell cell = notebook.cells().get(index);
        if (result.status() == CellStatus.COMPLETED) {
            papermill.cellCompleted(cell, clock.instant());
        } else if (result.status() != CellStatus.SKIPPED) {
            papermill.cellFailed(cell, clock.instant());
        }
        next.cellEnded(index, result);
    }

    @Override
    public void written() {
        next.written();
    }

    /** The kernel runs: its language goes where notebooks keep it. */
    void kernelStarted(KernelSpec spec, KernelInfo info) {
        if (!info.languageInfo().isEmpty()) {
            notebook.metadata().set("language_info", info.languageInfo().deepCopy());
        }
        // What the notebook says of itself stays: a kernel that only this run was given is in the record.
        if (notebook.kernelName().isEmpty()) {
            ObjectNode kernelspec = notebook.metadata().putObject("kernelspec");
            kernelspec.put("name", spec.name());
            kernelspec.put("display_name", spec.displayName());
            kernelspec.put("language", spec.language());
        }
    }

    /** After everything has run. */
    void ended(Outcome outcome, List<CellResult> cells) {
        papermill.notebookEnded(clock.instant(), outcome == Outcome.SUCCEEDED);
        ObjectNode block = notebook.metadata().putObject("camel_notebook");
        block.put("version", EngineVersion.get());
        block.put("status", outcome.jsonName());
        ArrayNode statuses = block.putArray("cells");
        cells.forEach(cell -> statuses.add(cell.status().jsonName()));
    }
}
