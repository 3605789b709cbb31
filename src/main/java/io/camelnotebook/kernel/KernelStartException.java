package io.camelnotebook.kernel;

/** A kernel did not come up: the message says which, why, and what it printed. Nothing of it is left. */
public final class KernelStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KernelStartException(String message) {
        super(message);
    }

    KernelStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
