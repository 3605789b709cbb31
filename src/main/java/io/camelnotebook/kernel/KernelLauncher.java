package io.camelnotebook.kernel;

/** Starts kernels. Thread-safe. */
public interface KernelLauncher extends AutoCloseable {

    /**
     * Starts a kernel and waits until it answers and its outputs can be heard.
     *
     * @throws KernelStartException if it does not come up; nothing of it is left then
     */
    Kernel start(KernelRequest request) throws InterruptedException;

    /** Ends every kernel that is left. */
    @Override
    void close();
}
