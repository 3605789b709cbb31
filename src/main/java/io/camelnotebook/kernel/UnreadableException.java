package io.camelnotebook.kernel;

import java.io.IOException;
import java.io.Serial;

/** Nothing more can be understood of what a kernel sends. The message says why, of a kernel that is called “it”. */
final class UnreadableException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private UnreadableException(String message) {
        super(message);
    }

    /** What came cannot be part of a message. */
    static UnreadableException found(String what) {
        return new UnreadableException("it sent " + what + ", which is no message");
    }

    /** What came is more than this program's memory can hold. */
    static UnreadableException tooLarge() {
        return new UnreadableException(HeapShortage.description());
    }
}
