package io.camelnotebook.main;

import io.camelnotebook.execution.CellResult;
import io.camelnotebook.execution.ExecutionListener;
import io.camelnotebook.notebook.Cell;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which cell of one notebook runs, as a line that is written over again. */
final class CellProgress implements ExecutionListener {

    /** How a cell says in papermill's way what it does. */
    private static final Pattern DESCRIPTION = Pattern.compile("papermill_description=\\s*(\\S+)");

    private final Console console;
    private final List<Cell> cells;

    /**
     * A line that is not yet there.
     *
     * @param cells all of the notebook's
     */
    CellProgress(Console console, List<Cell> cells) {
        this.console = console;
        this.cells = List.copyOf(cells);
    }

    @Override
    public void cellStarted(int index) {
        Matcher description = DESCRIPTION.matcher(cells.get(index).source());
        console.overwrite((description.find() ? description.group(1) : "Executing cell") + " " + (index + 1) + "/"
                + cells.size());
    }

    @Override
    public void cellEnded(int index, CellResult result) {
        if (index == cells.size() - 1 || result.stops()) {
            console.overwrite("");
        }
    }
}
