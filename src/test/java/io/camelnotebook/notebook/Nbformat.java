package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nbformat makes of documents: many of them in one Python process. */
final class Nbformat {

    /**
     * Reads documents, each after its length, and answers each with what nbformat writes, or null where it cannot read
     * it. What nbformat does not need to read but to write is supplied, as papermill does before it writes.
     */
    private static final String SCRIPT = """
            import json, logging, sys, warnings
            import nbformat
            warnings.simplefilter("ignore")
            logging.disable(logging.CRITICAL)

            def rewritten(document):
                try:
                    notebook = nbformat.reads(document.decode("utf-8-sig"), as_version=4)
                    for cell in notebook.cells:
                        if cell.cell_type == "code" and "outputs" not in cell:
                            cell.outputs = []
                except Exception:
                    return None
                return nbformat.writes(notebook) + "\\n"

            answers, stdin = [], sys.stdin.buffer
            while length := stdin.read(4):
                answers.append(rewritten(stdin.read(int.from_bytes(length, "big"))))
            json.dump(answers, sys.stdout)
            """;

    private Nbformat() {}

    /** For every document what nbformat writes after it has read it; null if it cannot be read. */
    static List<@Nullable String> rewrite(List<byte[]> documents) throws IOException, InterruptedException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (byte[] document : documents) {
            input.write(ByteBuffer.allocate(4).putInt(document.length).array());
            input.write(document);
        }
        List<@Nullable String> answers = new ArrayList<>();
        new ObjectMapper()
                .readTree(new String(TestPython.run(SCRIPT, input.toByteArray()), UTF_8))
                .forEach(answer -> answers.add(answer.textValue()));
        return answers;
    }
}
