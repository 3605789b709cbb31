package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.PythonImports;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import java.util.List;
import java.util.Set;

/**
 * A notebook that has been read and has its parameters, and the kernel that it will run on. Nothing has run yet.
 *
 * @param warnings what the user should know although it stops nothing
 */
public record PreparedNotebook(ExecutionRequest request, Notebook notebook, KernelSpec kernel, List<String> warnings) {

    /** Cells with this tag define what a map calls. */
    private static final String DEFINITIONS = "definitions";

    private static final Set<String> BEFORE_CALLS = Set.of(DEFINITIONS, "parameters", "injected-parameters");

    /** The same with what functions need only: the cells that are tagged so and the parameters, or all if none is tagged. */
    PreparedNotebook definitions() {
        if (notebook.cells().stream().noneMatch(cell -> cell.tags().contains(DEFINITIONS))) {
            return this;
        }
        ExecutionOptions options = request.options();
        ExecutionRequest definitions =
                request.withOptions(options.withCells(options.cells().only(BEFORE_CALLS)));
        return new PreparedNotebook(definitions, notebook, kernel, warnings);
    }

    /** The kernel that it needs. */
    KernelRequest kernelRequest() {
        return new KernelRequest(
                kernel,
                request.directory(),
                request.environment(),
                request.startTimeout(),
                request.options().memory(),
                PythonImports.of(notebook.cells().stream()
                        .filter(Cell::isExecutable)
                        .map(Cell::source)
                        .toList()));
    }
}
