package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelRequest;
import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.kernel.PythonImports;
import io.camelnotebook.notebook.Cell;
import io.camelnotebook.notebook.Notebook;
import java.util.List;

/**
 * A notebook that has been read and has its parameters, and the kernel that it will run on. Nothing has run yet.
 *
 * @param warnings what the user should know although it stops nothing
 */
public record PreparedNotebook(ExecutionRequest request, Notebook notebook, KernelSpec kernel, List<String> warnings) {

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
