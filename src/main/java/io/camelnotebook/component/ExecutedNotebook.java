package io.camelnotebook.component;

import io.camelnotebook.execution.NotebookOutput;
import io.camelnotebook.notebook.Notebook;
import io.camelnotebook.notebook.NotebookWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.converter.stream.FileInputStreamCache;
import org.jspecify.annotations.Nullable;

/** The executed notebook of an exchange, which goes to a file, or into a stream that is there as long as the exchange is. */
sealed interface ExecutedNotebook extends NotebookOutput {

    /** The file; empty if it goes into a stream. */
    Optional<Path> file();

    /** The executed notebook from its beginning; null if it was not written. */
    @Nullable
    StreamCache stream();

    /** A file. */
    record InFile(Path path) implements ExecutedNotebook {

        @Override
        public void progress(Notebook notebook) throws IOException {
            NotebookOutput.file(path).progress(notebook);
        }

        @Override
        public void result(Notebook notebook) throws IOException {
            NotebookOutput.file(path).result(notebook);
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(path);
        }

        @Override
        public @Nullable StreamCache stream() {
            return Files.exists(path) ? new FileInputStreamCache(path.toFile()) : null;
        }
    }

    /** A stream, in memory or on disk as Camel's stream caching decides. */
    final class InStream implements ExecutedNotebook {

        private final CachedOutputStream cached;
        private volatile @Nullable StreamCache stream;

        /** What it leaves on disk is removed with the end of the exchange. */
        InStream(Exchange exchange) {
            cached = new CachedOutputStream(exchange);
        }

        @Override
        public void result(Notebook notebook) throws IOException {
            NotebookWriter.write(notebook, cached);
            stream = cached.newStreamCache();
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }

        @Override
        public @Nullable StreamCache stream() {
            StreamCache written = stream;
            if (written != null) {
                written.reset();
            }
            return written;
        }
    }
}
