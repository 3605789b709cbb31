package io.camelnotebook.notebook.parameters;

/** A value for which a language has no literal. Becomes a {@link ParameterException}, which names the parameter. */
final class InexpressibleValueException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the language lacks and what to do, as a sentence without its full stop. */
    InexpressibleValueException(String reason) {
        super(reason);
    }
}
