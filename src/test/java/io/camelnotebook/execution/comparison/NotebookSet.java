package io.camelnotebook.execution.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Notebooks that are about one behaviour each, and named after it. */
final class NotebookSet {

    /** What each notebook is called in the folder that it is executed in. */
    static final String FILE = "notebook.ipynb";

    private static final Path HOME = Path.of("src/test/resources/io/camelnotebook/execution/notebooks");
    private static final String EXTENSION = ".ipynb";

    private NotebookSet() {}

    /** The names, without extension. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(HOME)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives each notebook a folder of its own, below the given one, to be executed in. */
    static void copyTo(Path folder) throws IOException {
        for (String name : names()) {
            Path own = Files.createDirectories(folder.resolve(name));
            Files.copy(HOME.resolve(name + EXTENSION), own.resolve(FILE));
        }
    }
}
