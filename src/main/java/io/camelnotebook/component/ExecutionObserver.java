package io.camelnotebook.component;

import io.camelnotebook.execution.ExecutionResult;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears how the notebooks of all endpoints and jobs are executed. Called on the thread that executes one, which waits: so
 * be quick, and throw nothing. Thread-safe.
 */
interface ExecutionObserver {

    /** A kernel was asked for, and this came of it. */
    default void executed(ExecutionResult result) {}

    /**
     * A notebook is done with, whether or not any of it was executed.
     *
     * @param state how it ended, as in its metadata record
     * @param kernel the name of its kernel, if it came so far that one was found
     * @param time since it had a kernel's slot
     */
    default void ended(String state, Optional<String> kernel, Duration time) {}
}
