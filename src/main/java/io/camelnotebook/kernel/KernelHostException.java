package io.camelnotebook.kernel;

/** The kernel host can't be started or has died, through no fault of a kernel: a new host may do better. */
public class KernelHostException extends RuntimeException {
    KernelHostException(String message) {
        super(message);
    }

    KernelHostException(String message, Exception cause) {
        super(message, cause);
    }
}
