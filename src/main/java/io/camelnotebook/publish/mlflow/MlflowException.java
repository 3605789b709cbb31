package io.camelnotebook.publish.mlflow;

import java.io.IOException;

/** A tracking server could not be reached, or did not do what it was asked to; the message is for people. */
public final class MlflowException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code MLflow's own name of the error, such as {@code RESOURCE_DOES_NOT_EXIST}; empty if it gave none */
    MlflowException(String message, String code) {
        super(message);
        this.code = code;
    }

    /** Whether it is the error of that name. */
    boolean is(String name) {
        return code.equals(name);
    }
}
