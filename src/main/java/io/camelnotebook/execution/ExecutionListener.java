package io.camelnotebook.execution;

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

    /** A cell has ended, or was passed over. */
    default void cellEnded(int index, CellResult result) {}
}
