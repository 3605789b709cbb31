package io.camelnotebook.execution;

import io.camelnotebook.kernel.Kernel;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A notebook on a kernel: its cells in order, one after the other, until the last one or the first that stops it. The
 * notebook is changed as its cells run. {@link #run} is for one thread, once; {@link #cancel} for any.
 */
final class NotebookExecution {

    private final Notebook notebook;
    private final Kernel kernel;
    private final ExecutionOptions options;
    private final Autosave autosave;
    private final ExecutionListener listener;
    private final Stopping stopping;
    private final DisplayIndex displays = new DisplayIndex();
    private final Widgets widgets;

    NotebookExecution(
            Notebook notebook, Kernel kernel, ExecutionOptions options, Autosave autosave, ExecutionListener listener) {
        this.notebook = notebook;
        this.kernel = kernel;
        this.options = options;
        this.autosave = autosave;
        this.listener = listener;
        stopping = new Stopping(kernel, options);
        widgets = new Widgets(kernel::sendToComm);
    }

    /** Interrupts the running cell and runs no other. */
    void cancel() {
        stopping.cancel();
    }

    /** Runs the cells; gives a result for each of them, those that were not run included. */
    List<CellResult> run() throws InterruptedException {
        List<CellResult> results = new ArrayList<>();
        boolean stopped = false;
        listener.started();
        try {
            for (int i = 0; i < notebook.cells().size(); i++) {
                CellResult result = stopped || stopping.isDueBetweenCells()
                        ? CellResult.notSent(CellStatus.NOT_RUN)
                        : runCell(i, notebook.cells().get(i));
                stopped |= result.stops();
                results.add(result);
            }
        } finally {
            widgets.writeTo(notebook.metadata());
        }
        return results;
    }

    /** Why the notebook was stopped from outside, if it was: {@code TIMED_OUT} or {@code CANCELLED}. */
    Optional<CellStatus> stopped() {
        return stopping.reason();
    }

    private CellResult runCell(int index, Cell cell) throws InterruptedException {
        CellResult result;
        if (options.cells().skips(cell) && cell.isExecutable()) {
            result = CellResult.notSent(CellStatus.SKIPPED);
        } else if (!cell.isExecutable()) {
            result = CellResult.notSent(CellStatus.COMPLETED);
        } else {
            listener.cellStarted(index);
            autosave.atEdgeOfCell();
            result = new CellRun(index, cell, kernel, stopping, autosave, listener, displays, widgets)
                    .run(options.cells());
        }
        listener.cellEnded(index, result);
        return result;
    }
}
