package io.camelnotebook.notebook;

/** Makes a report of a notebook: front ends show its outputs, and its code only when it is asked for. */
public final class ReportMode {

    private ReportMode() {}

    /** Hides the source of every code cell. What else a cell's {@code metadata.jupyter} says stays. */
    public static void apply(Notebook notebook) {
        for (Cell cell : notebook.cells()) {
            if (cell.type() == CellType.CODE) {
                cell.metadata().withObject("/jupyter").put("source_hidden", true);
            }
        }
    }
}
