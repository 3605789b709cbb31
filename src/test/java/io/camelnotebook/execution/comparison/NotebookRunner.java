package io.camelnotebook.execution.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An engine that executes the whole {@link NotebookSet} once. */
@FunctionalInterface
interface NotebookRunner {

    /**
     * Executes every notebook in a folder of its own.
     *
     * @param folder an empty one, of this run alone
     * @return the executed notebooks, normalised, by name
     */
    Map<String, ExecutedNotebook> run(Path folder) throws IOException, InterruptedException;
}
