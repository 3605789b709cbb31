package io.camelnotebook.run;

/** A run cannot go on: the message says which, why, and what to do about it. Nothing was changed. */
public final class ResumeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ResumeException(String message) {
        super(message);
    }
}
