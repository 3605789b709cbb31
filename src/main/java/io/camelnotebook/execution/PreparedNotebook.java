package io.camelnotebook.execution;

import io.camelnotebook.kernel.KernelSpec;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookWriter;
import java.io.IOException;
import java.util.List;

/**
 * A notebook that has been read and has its parameters, and the kernel that it will run on. Nothing has run yet.
 *
 * @param warnings what the user should know although it stops nothing
 */
public record PreparedNotebook(ExecutionRequest request, Notebook notebook, KernelSpec kernel, List<String> warnings) {

    /** Writes the notebook, as it is now, to where the request says. */
    void save(Durability durability) throws IOException {
        AtomicFile.write(request.output(), durability, out -> NotebookWriter.write(notebook, out));
    }
}
