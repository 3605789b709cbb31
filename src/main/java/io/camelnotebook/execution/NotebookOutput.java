package io.camelnotebook.execution;

import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Where an executed notebook goes. Called on the execution's own thread, one call at a time. */
public interface NotebookOutput {

    /**
     * Takes a notebook whose cells still run. Called often; an output that can only be written once ignores it.
     *
     * @throws IOException if it cannot be saved now; the execution goes on
     */
    default void progress(Notebook notebook) throws IOException {}

    /** Takes the notebook as it is at the end. Called once. */
    void result(Notebook notebook) throws IOException;

    /** A file, which is replaced as a whole each time; its folder is made if it is missing. */
    static NotebookOutput file(Path file) {
        return new NotebookOutput() {
            @Override
            public void progress(Notebook notebook) throws IOException {
                save(notebook, Durability.PROCESS_CRASH);
            }

            @Override
            public void result(Notebook notebook) throws IOException {
                save(notebook, Durability.MACHINE_CRASH);
            }

            private void save(Notebook notebook, Durability durability) throws IOException {
                AtomicFile.write(file, durability, out -> NotebookWriter.write(notebook, out));
            }
        };
    }
}
