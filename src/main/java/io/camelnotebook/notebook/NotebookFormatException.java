package io.camelnotebook.notebook;

import java.io.IOException;

/** A document that is no notebook of nbformat 4. The message names file, place, what was expected, and the remedy. */
public class NotebookFormatException extends IOException {

    private static final long serialVersionUID = 1;

    NotebookFormatException(String message) {
        super(message);
    }

    NotebookFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
