package io.camelnotebook.main;

import io.camelnotebook.execution.NotebookOutput;
import io.camelnotebook.notebook.NotebookWriter;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process's standard input and output: what they are, and notebooks by way of them. */
final class StandardStreams {

    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;

    private StandardStreams() {}

    /** Whether another program writes what we read. */
    static boolean isInputPipe() {
        return type(Path.of("/dev/stdin")) == PIPE;
    }

    /** Whether what we write goes to a terminal; if nobody can say, it does. */
    static boolean isOutputTerminal() {
        Path output = Path.of("/dev/stdout");
        int type = type(output);
        return type == 0 || (type == CHARACTER_DEVICE && !isNull(output));
    }

    private static int type(Path stream) {
        try {
            return (int) Files.getAttribute(stream, "unix:mode") & FILE_TYPE;
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }

    private static boolean isNull(Path stream) {
        try {
            return Files.isSameFile(stream, Path.of("/dev/null"));
        } catch (IOException e) {
            return false;
        }
    }

    /** All of the standard input. */
    static byte[] input() {
        try {
            return System.in.readAllBytes();
        } catch (IOException e) {
            throw new UsageException("the standard input cannot be read: " + e.getMessage());
        }
    }

    /** Takes a notebook to the standard output once, when it is done. */
    static NotebookOutput output() {
        return notebook -> {
            OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
            NotebookWriter.write(notebook, out);
            out.flush();
        };
    }
}
