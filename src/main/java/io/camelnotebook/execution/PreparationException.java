package io.camelnotebook.execution;

/** A notebook cannot be executed as asked, and nothing was run: the message says why, and what to do about it. */
public final class PreparationException extends Exception {

    private static final long serialVersionUID = 1L;

    PreparationException(String message) {
        super(message);
    }

    PreparationException(String message, Throwable cause) {
        super(message, cause);
    }
}
