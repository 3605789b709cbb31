package io.camelnotebook.notebook.parameters;

/** Parameters that cannot be given to a notebook as they are. The message names parameter, rule and remedy. */
public class ParameterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ParameterException(String message) {
        super(message);
    }
}
