package io.camelnotebook.notebook;

import java.util.List;
import java.util.OptionalInt;

/**
 * The two cells that papermill adds to a notebook that failed: a banner on top, and an anchor before the cell at fault
 * which the banner links to.
 */
public final class ErrorMarkers {

    /** The tag of both cells. */
    public static final String TAG = "papermill-error-cell-tag";

    private static final String ANCHOR = "papermill-error-cell";
    private static final String STYLE = "color: #c00; font-size: 1.6em; font-weight: bold";

    private ErrorMarkers() {}

    /** Removes the markers that an earlier run left. */
    public static void remove(Notebook notebook) {
        notebook.cells().removeIf(cell -> cell.tags().contains(TAG));
    }

    /**
     * Marks a cell as the one that failed, after removing markers of an earlier run.
     *
     * @throws IllegalArgumentException if the cell is not one of the notebook's
     */
    public static void add(Notebook notebook, Cell failed) {
        remove(notebook);
        List<Cell> cells = notebook.cells();
        int index = cells.indexOf(failed);
        if (index < 0) {
            throw new IllegalArgumentException("The failed cell is not one of the notebook's cells");
        }
        OptionalInt count = failed.executionCount();
        String prompt = "In [" + (count.isPresent() ? String.valueOf(count.getAsInt()) : " ") + "]";
        cells.add(
                index,
                marker(
                        notebook,
                        "<span id=\"" + ANCHOR + "\" style=\"" + STYLE
                                + "\">The execution met an exception in the cell below, and stopped:</span>"));
        cells.add(
                0,
                marker(
                        notebook,
                        "<span style=\"" + STYLE + "\">An Exception was encountered at '<a href=\"#" + ANCHOR + "\">"
                                + prompt + "</a>'.</span>"));
    }

    private static Cell marker(Notebook notebook, String html) {
        Cell cell = notebook.newCell(CellType.MARKDOWN, html);
        cell.metadata().putArray("tags").add(TAG);
        return cell;
    }
}
