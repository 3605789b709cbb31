package io.camelnotebook.execution;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A notebook cannot be executed as asked, and nothing was run: the message says why, and what to do about it. */
public final class PreparationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * A notebook that cannot be executed as asked.
     *
     * @param notebook where the problem is
     * @param field what is at fault: {@code notebook}, {@code kernel} or {@code parameters}
     */
    PreparationException(Path notebook, String field, String problem, @Nullable Throwable cause) {
        super(problem.startsWith(notebook.toString()) ? problem : notebook + ": " + problem, cause);
        this.field = field;
        this.problem = problem;
    }

    /** What is at fault: {@code notebook}, {@code kernel} or {@code parameters}. */
    public String field() {
        return field;
    }

    /** What is wrong, without the notebook's path before it. */
    public String problem() {
        return problem;
    }
}
