package io.camelnotebook.notebook.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.CellType;
import io.camelnotebook.notebook.Notebook;
import java.util.List;
import java.util.Map;

/** The cell that sets the parameters of a run, where papermill puts it. */
public final class ParametersCell {

    /** The tag of the cell that declares parameters and their defaults. */
    public static final String DECLARED = "parameters";

    /** The tag of the cell that sets the parameters of a run. */
    public static final String INJECTED = "injected-parameters";

    /** Where the cell went. */
    public enum Placement {
        /** In place of the one that an earlier run left. */
        REPLACED,
        /** After the cell that declares the parameters. */
        AFTER_DECLARED,
        /** At the top, as no cell declares parameters: worth a warning. */
        TOP
    }

    private ParametersCell() {}

    /** Removes what an earlier run set: a run without parameters is a run with the notebook's own. */
    public static void removeInjected(Notebook notebook) {
        notebook.cells().removeIf(cell -> cell.tags().contains(INJECTED));
    }

    /**
     * Injects the parameters into the notebook.
     *
     * @param parameters at least one
     * @throws ParameterException if a name or a value cannot be written in the language; the notebook is unchanged
     */
    public static Placement inject(Notebook notebook, ParameterLanguage language, Map<String, JsonNode> parameters) {
        List<Cell> cells = notebook.cells();
        Cell injected = notebook.newCell(CellType.CODE, language.cell(parameters));
        injected.metadata().putArray("tags").add(INJECTED);
        int earlier = indexOfTagged(cells, INJECTED);
        if (earlier >= 0) {
            cells.set(earlier, injected);
            return Placement.REPLACED;
        }
        int declared = indexOfTagged(cells, DECLARED);
        cells.add(declared + 1, injected);
        return declared >= 0 ? Placement.AFTER_DECLARED : Placement.TOP;
    }

    private static int indexOfTagged(List<Cell> cells, String tag) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).tags().contains(tag)) {
                return i;
            }
        }
        return -1;
    }
}
