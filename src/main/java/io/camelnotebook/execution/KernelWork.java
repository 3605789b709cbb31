package io.camelnotebook.execution;

import java.util.function.BooleanSupplier;

/** Work that needs a kernel, and so waits for its turn. */
public interface KernelWork<T> {

    /**
     * Does the work; called once, on a thread of its own.
     *
     * @param cancellation says when the work is to end early
     * @param kernelEnds may be run, any number of times, when all that is left is the end of the kernel: the next work
     *     need not wait for that
     */
    T run(Cancellation cancellation, Runnable kernelEnds);

    /** Who may {@link KeptKernels#take take} a kernel that the work keeps; empty if it keeps none. */
    default String owner() {
        return "";
    }

    /**
     * It will be its turn soon: the time to begin with what can be done without a slot. Called at most once, on a
     * thread that is not that of the work.
     *
     * @param waits whether its turn has not come yet
     */
    default void isNext(BooleanSupplier waits) {}
}
