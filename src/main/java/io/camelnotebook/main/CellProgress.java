package io.camelnotebook.main;

import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionListener;

/** Which cell of one notebook runs, as a line that is written over again. */
final class CellProgress implements ExecutionListener {

    private final Console console;
    private final int cells;

    CellProgress(Console console, int cells) {
        this.console = console;
        this.cells = cells;
    }

    @Override
    public void cellStarted(int index) {
        console.overwrite("Executing cell " + (index + 1) + "/" + cells);
    }

    @Override
    public void cellEnded(int index, CellResult result) {
        if (index == cells - 1 || result.stops()) {
            console.overwrite("");
        }
    }
}
