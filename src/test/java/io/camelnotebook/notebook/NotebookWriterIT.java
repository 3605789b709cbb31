package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our bytes against those of nbformat's own writer. */
class NotebookWriterIT {

    private static final List<String> CELLS = List.of(
            "",
            // Where Python ends a line and others do not.
            "{'cell_type': 'code', 'execution_count': 1, 'outputs': [], 'metadata': {},"
                    + " 'source': 'a\\nb\\rc\\r\\nd\\u000be\\u000cf\\u001cg\\u001dh\\u001ei\\u0085j\\u2028k\\u2029l\\u001fm\\n'}",
            "{'cell_type': 'markdown', 'metadata': {}, 'source': ['# é\\n', '\\n', '']}",
            "{'cell_type': 'raw', 'metadata': {}, 'source': []}",
            // Text of every kind of character.
            "{'cell_type': 'markdown', 'metadata': {}, 'source': '\\u0000\\u0001\\b\\t\\f\\u001b\\u007f\\u0080 \\\\ \\/ \\\" \\ud83d\\ude00 \\ufeff'}",
            // Keys in the order of code points, which is not that of UTF-16.
            "{'cell_type': 'raw', 'source': '', 'metadata': {'\\ud83d\\ude00': 1, '\\uffee': 2, 'é': 3, 'Z': 4, 'a': 5, '': 6, 'aa': 7}}",
            "{'cell_type': 'raw', 'source': '', 'metadata': {'f': [1.0, 1e16, 1e15, 0.00001, 0.0001, -0.0, 1e-324,"
                    + " 4.9e-324, 1e22, 1e23, 2.5, 123456789.123456789, 1.7976931348623157e308, 0.1, 1E5, 100.0]}}",
            "{'cell_type': 'raw', 'source': '', 'metadata': {'i': [0, -0, 1, -1, 2147483648, 9223372036854775808,"
                    + " 123456789012345678901234567890123456789012345678901234567890]}}",
            "{'cell_type': 'raw', 'source': '', 'metadata': {'e': [[], {}, [[]], [{}], {'a': []}, null, true, false]}}",
            "{'cell_type': 'raw', 'source': '', 'metadata': {'trusted': true, 'n': [NaN, Infinity, -Infinity]}}",
            "{'cell_type': 'markdown', 'metadata': {}, 'source': 'x', 'attachments': {'a.png': {'image/png': 'aGk=\\n'},"
                    + " 'b.txt': {'text/plain': ['1\\n', '2']}, 'c': {}}}",
            // MIME types: in lines, in one piece, and JSON.
            "{'cell_type': 'code', 'execution_count': 2, 'metadata': {}, 'source': 'x', 'outputs': [{'output_type':"
                    + " 'execute_result', 'execution_count': 2, 'metadata': {'a': 1}, 'data': {'text/plain': 'a\\nb',"
                    + " 'text/html': ['<p>\\n', '</p>'], 'image/png': 'aGk=\\naGk=\\n', 'image/svg+xml': '<svg>\\n</svg>',"
                    + " 'application/javascript': 'a\\nb', 'application/json': ['a\\n', 'b'],"
                    + " 'application/vnd.custom+json': {'x': ['1\\n', '2'], 'a': 'c\\nd'}, 'application/x-mine': ['a\\n', 'b'],"
                    + " 'text/mine': '', 'image/jpeg': []}}]}",
            "{'cell_type': 'code', 'execution_count': null, 'metadata': {}, 'source': 'x', 'outputs': ["
                    + "{'output_type': 'stream', 'name': 'stdout', 'text': ['a\\n', 'b\\r\\n', 'c\\u2028d']},"
                    + "{'output_type': 'stream', 'name': 'stderr', 'text': ''},"
                    + "{'output_type': 'stream', 'name': 'stdout', 'text': 'progress\\rdone\\b\\n'},"
                    + "{'output_type': 'stream', 'name': 'stdout', 'text': 'x\\ny', 'more': 1},"
                    + "{'output_type': 'error', 'ename': 'E', 'evalue': 'é\\nv', 'traceback': ['a\\nb', '\\u001b[31mc']},"
                    + "{'output_type': 'hologram', 'text': ['a\\n', 'b'], 'data': {'text/plain': ['a\\n', 'b']}},"
                    + "{'output_type': 'display_data', 'metadata': {}, 'data': {}}]}",
            "{'cell_type': 'code', 'execution_count': null, 'outputs': [], 'source': 'x', 'unknown': {'z': 1, 'y': [2]},"
                    + " 'metadata': {'tags': ['parameters', 'b'], 'papermill': {'duration': 1.25e-5}}}",
            "{'cell_type': 'raw', 'source': '', 'metadata': {}, 'outputs': [{'output_type': 'stream', 'text': 'a\\nb'}]}");

    /** Reads documents, one to a line, and answers each with what nbformat writes, as a list. */
    private static final String NBFORMAT = """
            import json, sys, warnings, nbformat
            warnings.simplefilter("ignore")
            documents = sys.stdin.buffer.read().decode("utf-8").splitlines()
            written = [nbformat.writes(nbformat.reads(document, as_version=4)) + "\\n" for document in documents]
            print(json.dumps(written))
            """;

    @Test
    void theBytesAreThoseOfNbformat() throws IOException, InterruptedException {
        List<String> documents = new ArrayList<>();
        for (String cell : CELLS) {
            documents.add(document(4, cell));
            documents.add(document(5, cell.replaceFirst("\\}$", ", 'id': 'abc'}")));
            documents.add(document(99, cell.replaceFirst("\\}$", ", 'id': 'abc'}")));
        }

        byte[] answers = TestPython.run(NBFORMAT, String.join("\n", documents).getBytes(UTF_8));

        JsonNode expected = new ObjectMapper().readTree(answers);
        assertThat(expected).hasSameSizeAs(documents);
        for (int i = 0; i < documents.size(); i++) {
            Notebook notebook = NotebookReader.read(documents.get(i).getBytes(UTF_8), "case " + i);
            assertThat(new String(NotebookWriter.toBytes(notebook), UTF_8))
                    .isEqualTo(expected.get(i).textValue());
        }
    }

    private static String document(int minor, String cell) {
        return ("{'nbformat': 4, 'nbformat_minor': " + minor + ", 'metadata': {'orig_nbformat': 3, 'kernelspec':"
                        + " {'name': 'python3', 'display_name': 'é'}}, 'later': 'than now', 'cells': [" + cell + "]}")
                .replace('\'', '"');
    }
}
