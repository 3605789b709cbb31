package io.camelnotebook.entrance;

/** A message that never becomes a config file, however often it is tried; it says why, and what to do about it. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    /** The status of a message that is too large. */
    static final int TOO_LARGE = 413;

    private final int status;

    RefusedException(String reason) {
        this(reason, BAD_REQUEST);
    }

    /** @param status as HTTP has it */
    RefusedException(String reason, int status) {
        super(reason);
        this.status = status;
    }

    static RefusedException tooLarge(long bytes, long most) {
        return new RefusedException(
                "the message has " + bytes + " bytes, more than the limit of " + most
                        + "; keep data in files of their own, or raise notebook.received.max-bytes",
                TOO_LARGE);
    }

    int status() {
        return status;
    }
}
