package io.camelnotebook.kernel;

/** The private Python environment can't be made. The message says why, and which line to run instead. */
public class PrivateEnvironmentException extends RuntimeException {
    PrivateEnvironmentException(String message) {
        super(message);
    }

    PrivateEnvironmentException(String message, Exception cause) {
        super(message, cause);
    }
}
