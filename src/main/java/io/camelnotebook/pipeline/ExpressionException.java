package io.camelnotebook.pipeline;

/** An expression {@code ${…}} that is not written as one, or has no value. The message is for the user. */
public final class ExpressionException extends RuntimeException {

    private final String message;

    ExpressionException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
