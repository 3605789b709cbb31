package io.camelnotebook.kernel;

import java.util.function.BooleanSupplier;

/** Starts kernels. Thread-safe. */
public interface KernelLauncher extends AutoCloseable {

    /** How it would start a kernel of that spec, as far as that can be told without trying. */
    KernelStart plan(KernelSpec spec);

    /** Takes note of a kernel that will probably be asked for. */
    void expect(KernelRequest request);

    /** Begins with what can be done before such kernels are asked for. Returns before that is done. */
    void startAhead(KernelRequest request);

    /**
     * Begins with what can be done for a notebook that is next. Returns before that is done.
     *
     * @param waits whether that notebook has not begun yet
     */
    void startNext(KernelRequest request, BooleanSupplier waits);

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
