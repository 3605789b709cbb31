package io.camelnotebook.kernel;

import java.util.concurrent.CompletableFuture;

/** A kernel process that was started. Thread-safe. */
public final class KernelProcess {
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final KernelHost host;
    private final String id;
    private final long pid;
    private final CompletableFuture<KernelExit> exit = new CompletableFuture<>();

    KernelProcess(KernelHost host, String id, long pid) {
        this.host = host;
        this.id = id;
        this.pid = pid;
    }

    /** Its process id, which is also that of its process group and session. */
    public long pid() {
        return pid;
    }

    /**
     * Completed as soon as the process has ended, with {@link KernelHostException} if the host died first (and with it,
     * the kernel). What depends on it runs on the thread that reads from the host: let it be short or asynchronous, and
     * never wait for the host there.
     */
    public CompletableFuture<KernelExit> exit() {
        return exit.copy();
    }

    void ended(KernelExit how) {
        exit.complete(how);
    }

    void lost(KernelHostException death) {
        exit.completeExceptionally(death);
    }

    /** Sends SIGINT to the process group; does nothing if the kernel has ended. */
    public void interrupt() {
        host.signal(id, SIGINT);
    }

    /** Sends SIGTERM to the process group; does nothing if the kernel has ended. */
    public void terminate() {
        host.signal(id, SIGTERM);
    }

    /** Sends SIGKILL to the process group; does nothing if the kernel has ended. */
    public void kill() {
        host.signal(id, SIGKILL);
    }
}
