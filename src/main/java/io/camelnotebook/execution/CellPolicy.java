package io.camelnotebook.execution;

import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.ErrorName;
import java.util.Set;

/**
 * Which cells are passed over, and which errors do not stop the notebook. A cell's tag {@code raises-exception} allows
 * every error in it.
 *
 * @param allowErrors whether every error in every cell is allowed
 * @param allowedErrors the kinds of error that are allowed in every cell, such as {@code ValueError}
 * @param forceRaise whether no error is allowed, whatever tags and the other fields say
 * @param skipTags a cell with one of these tags is not run
 * @param onlyTags a cell without any of these tags is not run; all may be if there are none
 */
public record CellPolicy(
        boolean allowErrors,
        Set<String> allowedErrors,
        boolean forceRaise,
        Set<String> skipTags,
        Set<String> onlyTags) {

    /** The field's usual policy: no error is allowed, and {@code skip-execution} is the tag. */
    public static final CellPolicy DEFAULT = new CellPolicy(false, Set.of(), false, Set.of("skip-execution"));

    private static final String RAISES = "raises-exception";

    /** Keeps copies of the sets. */
    public CellPolicy {
        allowedErrors = Set.copyOf(allowedErrors);
        skipTags = Set.copyOf(skipTags);
        onlyTags = Set.copyOf(onlyTags);
    }

    /** A policy for all cells. */
    public CellPolicy(boolean allowErrors, Set<String> allowedErrors, boolean forceRaise, Set<String> skipTags) {
        this(allowErrors, allowedErrors, forceRaise, skipTags, Set.of());
    }

    /** The same for cells with one of these tags only. */
    CellPolicy only(Set<String> tags) {
        return new CellPolicy(allowErrors, allowedErrors, forceRaise, skipTags, tags);
    }

    boolean skips(Cell cell) {
        return cell.tags().stream().anyMatch(skipTags::contains)
                || (!onlyTags.isEmpty() && cell.tags().stream().noneMatch(onlyTags::contains));
    }

    /** Whether an error in the cell is allowed, whatever it will be. */
    boolean allowsAnyError(Cell cell) {
        return !forceRaise && (allowErrors || cell.tags().contains(RAISES));
    }

    /** Whether that error, which has happened, is allowed. */
    boolean allows(Cell cell, ExecutionError error) {
        return allowsAnyError(cell)
                || !forceRaise && allowedErrors.stream().anyMatch(name -> new ErrorName(name).isNameOf(error.name()));
    }
}
