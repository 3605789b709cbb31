package io.camelnotebook.kernel;

import java.util.Locale;

/** What carries the messages of kernels that are forks; others always speak ZeroMQ. */
public enum KernelTransport {
    /** One Unix domain socket for each kernel, where that can be. */
    SOCKET,
    /** ZeroMQ over TCP, as for any other kernel. */
    ZMQ;

    /** Its name in settings. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
