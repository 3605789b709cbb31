package io.camelnotebook.execution;

import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookFormatException;
import io.camelnotebook.notebook.NotebookReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the notebook that a request is about, and tells what keeps it from being executed. */
final class RequestedNotebook {

    private interface Reading {
        Notebook notebook() throws IOException;
    }

    private RequestedNotebook() {}

    static Notebook read(Path file) throws PreparationException {
        return read(file, () -> NotebookReader.read(file));
    }

    /** Reads one that is in no file, and is only called by that path. */
    static Notebook read(Path name, byte[] document) throws PreparationException {
        return read(name, () -> NotebookReader.read(document, name.toString()));
    }

    private static Notebook read(Path name, Reading reading) throws PreparationException {
        try {
            return reading.notebook();
        } catch (NoSuchFileException e) {
            throw new PreparationException(name, "notebook", "there is no such notebook", e);
        } catch (NotebookFormatException e) {
            throw new PreparationException(name, "notebook", String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PreparationException(name, "notebook", "the notebook cannot be read: " + e, e);
        }
    }
}
