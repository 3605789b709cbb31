package io.camelnotebook.kernel;

/** What came over a channel is no message of the Jupyter protocol, or is not signed with our key. */
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }

    ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
