package io.camelnotebook.notebook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory large documents take: what a thread allocates, as a multiple of the document's bytes. */
class LargeDocumentsTest {

    private static final int MEGABYTES = 50;

    private Path file;

    @BeforeEach
    void file(@TempDir Path folder) {
        file = folder.resolve("large.ipynb");
    }

    @Test
    void anImageIsReadAndWrittenWithoutManyCopies() throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start("display_data", "\"metadata\": {}, \"data\": {\"image/png\": \""));
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(ascii("iVBORw0K".repeat(125_000)));
            }
            out.write(ascii("\"}}]}]}"));
        }

        assertMemory(8, 0.05);
    }

    @Test
    void aStreamIsReadAndWrittenWithoutManyCopies() throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start("stream", "\"name\": \"stdout\", \"text\": [\"\""));
            for (int i = 0; i < MEGABYTES * 100; i++) {
                out.write(ascii((",\"" + "x".repeat(96) + "\\n\"").repeat(100)));
            }
            out.write(ascii("]}]}]}"));
        }

        assertMemory(8, 1.2);
    }

    @Test
    void aBombOfBracketsIsRefusedBeforeItTakesMemory() throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ascii("{\"nbformat\": 4, \"cells\": "));
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(ascii("[".repeat(1_000_000)));
            }
        }

        assertThat(allocated(() -> {
                    assertThatThrownBy(() -> NotebookReader.read(file)).isInstanceOf(NotebookFormatException.class);
                    return file;
                }))
                .isLessThan(20_000_000);
    }

    private void assertMemory(double timesToRead, double timesToWrite) throws Exception {
        Notebook[] notebook = new Notebook[1];
        long size = Files.size(file);
        double read = allocated(() -> notebook[0] = NotebookReader.read(file)) / size;
        double written = allocated(() -> {
                    NotebookWriter.write(notebook[0], OutputStream.nullOutputStream());
                    return file;
                })
                / size;

        assertThat(read).as("bytes allocated per byte that is read").isLessThan(timesToRead);
        assertThat(written).as("bytes allocated per byte that is written").isLessThan(timesToWrite);
    }

    private static double allocated(Callable<?> work) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(work.call()).isNotNull();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] start(String type, String more) {
        return ascii("{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [{\"cell_type\": \"code\","
                + " \"id\": \"a\", \"metadata\": {}, \"source\": \"\", \"outputs\": [{\"output_type\": \"" + type
                + "\", "
                + more);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
