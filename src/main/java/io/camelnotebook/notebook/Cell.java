package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A cell of a notebook. Its source and outputs are kept apart from its other fields, which stay as they were read,
 * those unknown to nbformat included. Not thread-safe.
 */
public final class Cell {

    private static final String EXECUTION_COUNT = "execution_count";

    private final CellType type;
    private final ObjectNode fields;
    private final List<Output> outputs = new ArrayList<>();
    private String source;

    /**
     * A cell with the given fields.
     *
     * @param fields every field of the document's cell except {@code source} and {@code outputs}; kept, not copied
     */
    Cell(CellType type, String source, ObjectNode fields) {
        this.type = type;
        this.source = source;
        this.fields = fields;
    }

    /** A new cell without outputs, with empty metadata. */
    public static Cell create(CellType type, String source) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("cell_type", type.jsonName());
        fields.putObject("metadata");
        if (type == CellType.CODE) {
            fields.putNull(EXECUTION_COUNT);
        }
        return new Cell(type, source, fields);
    }

    public CellType type() {
        return type;
    }

    public String source() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    /** The cell's metadata: live, and made if the document had none. */
    public ObjectNode metadata() {
        return fields.withObject("/metadata");
    }

    /** The outputs in the order of the document: live. */
    public List<Output> outputs() {
        return outputs;
    }

    /** The cell's {@code metadata.tags}, without those that are not text. */
    public Set<String> tags() {
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : fields.path("metadata").path("tags")) {
            if (tag.isTextual()) {
                tags.add(tag.textValue());
            }
        }
        return tags;
    }

    /** Whether a kernel would be asked to run this cell: it is code, and not blank. */
    public boolean isExecutable() {
        return type == CellType.CODE && !source.isBlank();
    }

    public OptionalInt executionCount() {
        JsonNode count = fields.path(EXECUTION_COUNT);
        return count.isInt() ? OptionalInt.of(count.intValue()) : OptionalInt.empty();
    }

    public void setExecutionCount(int count) {
        fields.put(EXECUTION_COUNT, count);
    }

    /** Removes outputs and execution count, as before an execution. */
    public void clearOutputs() {
        outputs.clear();
        if (type == CellType.CODE) {
            fields.putNull(EXECUTION_COUNT);
        }
    }

    /** Every field of the document's cell except {@code source} and {@code outputs}: live. */
    ObjectNode fields() {
        return fields;
    }
}
