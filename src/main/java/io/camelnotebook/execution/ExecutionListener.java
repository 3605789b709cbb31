package io.camelnotebook.execution;

import io.camelnotebook.kernel.Message;

/**
 * Hears how an execution goes on. Called on the execution's own thread, which waits: so be quick, and throw nothing.
 */
public interface ExecutionListener {

    /** Listens to nothing. */
    ExecutionListener NONE = new ExecutionListener() {};

    /** The kernel is ready and the first cell is about to run. */
    default void started() {}

    /** A cell is about to be sent to the kernel. */
    default void cellStarted(int index) {}

    /** The kernel has published something about the cell that runs: an output, or its own status. */
    default void published(int index, Message message) {}

    /** A cell has ended, or was passed over. */
    default void cellEnded(int index, CellResult result) {}

    /** The executed notebook has been written, or could not be; what is left is the end of the kernel. */
    default void written() {}
}
