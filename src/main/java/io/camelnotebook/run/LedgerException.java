package io.camelnotebook.run;

import org.jspecify.annotations.Nullable;

/** The ledger cannot be opened, read or written: the message says which, why, and what to do about it. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
