package io.camelnotebook.kernel;

/** A kernel's command could not be run: no such program, no such working directory, too many processes. */
public class KernelStartException extends RuntimeException {
    KernelStartException(String message) {
        super(message);
    }
}
