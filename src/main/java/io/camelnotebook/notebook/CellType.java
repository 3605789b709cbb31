package io.camelnotebook.notebook;

import java.util.Locale;
import java.util.Optional;

/** The kinds of cell that nbformat 4 knows. */
public enum CellType {
    /** Sent to the kernel when the notebook is executed. */
    CODE,
    /** Text for people. */
    MARKDOWN,
    /** Neither: kept as it is. */
    RAW;

    /** The cell type of that name in a notebook document, if it is one. */
    public static Optional<CellType> of(String name) {
        for (CellType type : values()) {
            if (type.jsonName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The value of {@code cell_type} in a notebook document. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
