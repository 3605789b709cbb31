package io.camelnotebook.kernel;

/** The channels between a client and a kernel that we use; stdin and heartbeat are left alone. */
public enum Channel {
    /** Requests to run code, and their replies, one after the other. */
    SHELL,
    /** Requests that must not wait behind running code: shutdown and, for some kernels, interrupt. */
    CONTROL,
    /** What the kernel tells everyone: outputs and its status. */
    IOPUB
}
