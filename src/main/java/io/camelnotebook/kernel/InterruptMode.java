package io.camelnotebook.kernel;

/** How a kernel wants to be interrupted, as its kernelspec says. */
public enum InterruptMode {
    /** By SIGINT to its process group. */
    SIGNAL,
    /** By an {@code interrupt_request} on the control channel. */
    MESSAGE
}
