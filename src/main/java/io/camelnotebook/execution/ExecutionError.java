package io.camelnotebook.execution;

import java.util.List;
import java.util.OptionalInt;

/**
 * What stopped a notebook.
 *
 * @param cell the index of the cell, counted from 0 and without error markers; empty if no cell was at fault
 * @param executionCount the kernel's number for the cell, as in {@code In [3]}
 * @param name the kind of error: an exception's class, or ours, such as {@code CellTimeout}
 * @param message what it says; may be empty
 * @param traceback the kernel's lines, with colours as terminal escapes; of a cell that took too long its code; may be empty
 */
public record ExecutionError(
        OptionalInt cell, OptionalInt executionCount, String name, String message, List<String> traceback) {

    /** An error that is not of the kernel's making. */
    static ExecutionError ours(OptionalInt cell, OptionalInt executionCount, String name, String message) {
        return new ExecutionError(cell, executionCount, name, message, List.of());
    }

    /** An error that is neither of the kernel's making nor the fault of a cell. */
    static ExecutionError ofNotebook(String name, String message) {
        return ours(OptionalInt.empty(), OptionalInt.empty(), name, message);
    }

    /** The error in one line, such as {@code ValueError: no rows}. */
    public String summary() {
        return message.isEmpty() ? name : name + ": " + message;
    }
}
