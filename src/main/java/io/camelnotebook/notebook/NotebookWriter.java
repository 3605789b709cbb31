package io.camelnotebook.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes notebook documents, byte for byte as nbformat's own writer does: keys sorted, an indent of one space, text in
 * lines, UTF-8 without escapes, a line break at the end.
 */
public final class NotebookWriter {

    // What a front end keeps in memory and nbformat never stores.
    private static final Set<String> TRANSIENT_IN_NOTEBOOK =
            Set.of("orig_nbformat", "orig_nbformat_minor", "signature");
    private static final Set<String> TRANSIENT_IN_CELL = Set.of("trusted");

    private final PythonJson json;

    private NotebookWriter(OutputStream out) {
        this.json = new PythonJson(out);
    }

    /**
     * Writes a notebook without ever holding its whole text in memory. The stream is flushed and stays open.
     *
     * @throws IOException if the stream does
     */
    public static void write(Notebook notebook, OutputStream out) throws IOException {
        NotebookWriter writer = new NotebookWriter(out);
        writer.notebook(notebook);
        writer.json.finish();
    }

    /** The whole document; for large notebooks rather {@link #write}. */
    public static byte[] toBytes(Notebook notebook) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(notebook, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void notebook(Notebook notebook) throws IOException {
        Map<String, Field> fields = fields(notebook.fields());
        fields.put(
                "metadata",
                () -> without(TRANSIENT_IN_NOTEBOOK, notebook.fields().path("metadata")));
        fields.put("cells", () -> {
            json.beginArray();
            for (Cell cell : notebook.cells()) {
                json.element();
                cell(cell);
            }
            json.endArray();
        });
        object(fields);
    }

    private void cell(Cell cell) throws IOException {
        Map<String, Field> fields = fields(cell.fields());
        fields.put("metadata", () -> without(TRANSIENT_IN_CELL, cell.fields().path("metadata")));
        fields.put("source", () -> json.lines(cell.source()));
        if (cell.fields().path("attachments") instanceof ObjectNode attachments) {
            fields.put("attachments", () -> attachments(attachments));
        }
        if (cell.type() == CellType.CODE) {
            fields.put("outputs", () -> {
                json.beginArray();
                for (Output output : cell.outputs()) {
                    json.element();
                    output(output);
                }
                json.endArray();
            });
        }
        object(fields);
    }

    private void attachments(ObjectNode attachments) throws IOException {
        json.beginObject();
        for (String name : PythonJson.sortedNames(attachments)) {
            json.key(name);
            mimeBundle(attachments.path(name));
        }
        json.endObject();
    }

    private void output(Output output) throws IOException {
        if (output instanceof StreamOutput stream) {
            json.beginObject();
            json.key("name");
            json.text(stream.name());
            json.key("output_type");
            json.text(stream.type());
            json.key("text");
            json.lines(stream.pieces());
            json.endObject();
        } else if (output instanceof JsonOutput other) {
            Map<String, Field> fields = fields(other.json());
            JsonNode data = other.json().path("data");
            JsonNode text = other.json().path("text");
            if (MimeBundles.areIn(other.type()) && data.isObject()) {
                fields.put("data", () -> mimeBundle(data));
            } else if (other.type().equals("stream") && text.isTextual()) {
                fields.put("text", () -> json.lines(text.textValue()));
            }
            object(fields);
        }
    }

    private void mimeBundle(JsonNode bundle) throws IOException {
        if (!bundle.isObject()) {
            json.value(bundle);
            return;
        }
        json.beginObject();
        for (String mimeType : PythonJson.sortedNames(bundle)) {
            json.key(mimeType);
            JsonNode data = bundle.path(mimeType);
            if (data.isTextual() && MimeBundles.isWrittenInLines(mimeType)) {
                json.lines(data.textValue());
            } else {
                json.value(data);
            }
        }
        json.endObject();
    }

    private void without(Set<String> names, JsonNode metadata) throws IOException {
        Map<String, Field> fields = fields(metadata);
        fields.keySet().removeAll(names);
        object(fields);
    }

    private Map<String, Field> fields(JsonNode object) {
        Map<String, Field> fields = new TreeMap<>(PythonJson.BY_CODE_POINT);
        object.forEachEntry((name, value) -> fields.put(name, () -> json.value(value)));
        return fields;
    }

    private void object(Map<String, Field> fields) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            json.key(field.getKey());
            field.getValue().write();
        }
        json.endObject();
    }

    /** What writes the value of a field. */
    private interface Field {
        void write() throws IOException;
    }
}
