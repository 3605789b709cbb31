package io.camelnotebook.execution;

import org.jspecify.annotations.Nullable;

/** A request to end an execution, from whoever wants it ended to whoever executes. Thread-safe. */
public final class Cancellation {

    private boolean requested;
    private @Nullable Runnable action;

    /** Asks for an end; at once, and also if the execution begins only later. */
    public synchronized void cancel() {
        requested = true;
        if (action != null) {
            action.run();
        }
    }

    /** Whether somebody asked. */
    public synchronized boolean isRequested() {
        return requested;
    }

    /** Says what is to be done when somebody asks, or has asked; replaces what was said before. */
    synchronized void onRequest(@Nullable Runnable action) {
        this.action = action;
        if (requested && action != null) {
            action.run();
        }
    }
}
