package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A notebook document of nbformat 4 in memory. Fields that nbformat does not know are kept. Not thread-safe.
 *
 * @see NotebookReader
 * @see NotebookWriter
 */
public final class Notebook {

    /** The newest minor version of nbformat 4 that is known. */
    static final int CURRENT_MINOR = 5;

    private final ObjectNode fields;
    private final List<Cell> cells;

    /**
     * A notebook with the given fields.
     *
     * @param fields every field of the document except {@code cells}; kept, not copied
     * @param cells mutable; kept, not copied
     */
    Notebook(ObjectNode fields, List<Cell> cells) {
        this.fields = fields;
        this.cells = cells;
    }

    /** The cells in the order of the document: live. */
    public List<Cell> cells() {
        return cells;
    }

    /** The notebook's metadata: live, and made if the document had none. */
    public ObjectNode metadata() {
        return fields.withObject("/metadata");
    }

    /** {@code metadata.kernelspec.name}, unless it is missing or empty. */
    public Optional<String> kernelName() {
        return text(fields.path("metadata").path("kernelspec").path("name"));
    }

    /** The language its code is written in, from {@code language_info.name}, else {@code kernelspec.language}. */
    public Optional<String> language() {
        JsonNode metadata = fields.path("metadata");
        return text(metadata.path("language_info").path("name"))
                .or(() -> text(metadata.path("kernelspec").path("language")));
    }

    /**
     * Makes a document of an earlier minor version one of 4.5, so that its cells have ids. A later minor version stays,
     * because the document may have what 4.5 has not.
     */
    public void upgradeMinorVersion() {
        if (!hasCellIds()) {
            fields.put("nbformat_minor", CURRENT_MINOR);
            CellIds.repair(cells);
        }
    }

    /** Whether its cells have ids, which nbformat brought with 4.5. */
    public boolean hasCellIds() {
        return minor(fields) >= CURRENT_MINOR;
    }

    /** The minor version that a document says it has; 0 if it says nothing, as nbformat has it. */
    static int minor(ObjectNode document) {
        JsonNode minor = document.path("nbformat_minor");
        if (!minor.isIntegralNumber()) {
            return 0;
        }
        return minor.canConvertToInt() ? minor.intValue() : Integer.MAX_VALUE;
    }

    /** A new cell, with an id if the notebook's cells have ids; it is not yet one of the notebook's cells. */
    public Cell newCell(CellType type, String source) {
        Cell cell = Cell.create(type, source);
        if (hasCellIds()) {
            cell.fields().put("id", CellIds.unused(cells));
        }
        return cell;
    }

    /** Every field of the document except {@code cells}: live. */
    ObjectNode fields() {
        return fields;
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(text -> !text.isEmpty());
    }
}
