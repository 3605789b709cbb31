package io.camelnotebook.notebook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads notebook documents of nbformat 4, of any minor version, and of nbformat 2 and 3, which are upgraded. Text that is
 * split into lines is joined; fields and outputs that are unknown are kept.
 */
public final class NotebookReader {

    /** Deeper documents are refused, so that no recursion over one can exhaust the stack; Python's limit is the same. */
    private static final int MAX_DEPTH = 1000;

    /** Python reads no longer integers, and so nbformat cannot read a document that has one. */
    private static final int MAX_NUMBER_LENGTH = 4300;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(1 << 20)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    // Python writes NaN and Infinity, which are no JSON, and reads them.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private NotebookReader() {}

    /**
     * Reads a file.
     *
     * @throws NotebookFormatException if it is no notebook of nbformat 2, 3 or 4
     * @throws IOException if it cannot be read
     */
    public static Notebook read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads a document.
     *
     * @param nameForErrors what error messages call the document
     * @throws NotebookFormatException if it is no notebook of nbformat 2, 3 or 4
     */
    public static Notebook read(byte[] json, String nameForErrors) throws IOException {
        return read(new ByteArrayInputStream(json), nameForErrors);
    }

    private static Notebook read(InputStream in, String name) throws IOException {
        JsonNode document;
        try {
            document = MAPPER.readTree(DocumentText.reader(in));
        } catch (JsonProcessingException e) {
            throw notJson(e, name);
        } catch (CharacterCodingException e) {
            throw new NotebookFormatException(
                    name + ": expected text in UTF-8, found bytes that are none; save it again as UTF-8", e);
        }
        if (document.isMissingNode()) {
            throw new NotebookFormatException(
                    name + " is empty: expected a notebook document; save or copy the notebook again");
        }
        return new NotebookDocument(name).notebook(document);
    }

    /** Parses JSON that a document has as text. */
    static JsonNode json(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    private static NotebookFormatException notJson(JsonProcessingException e, String name) {
        JsonLocation location = e.getLocation();
        String place = location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new NotebookFormatException(
                name + place + ": expected a notebook as JSON, but: " + e.getOriginalMessage()
                        + "; save the notebook again with Jupyter, and look for merge conflicts or a download cut short",
                e);
    }
}
