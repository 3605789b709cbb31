package io.camelnotebook.run;

import io.camelnotebook.pipeline.Pipeline;
import io.camelnotebook.pipeline.PipelineCheck;
import io.camelnotebook.pipeline.PipelineLimits;
import io.camelnotebook.pipeline.PipelineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with the notebook {@code n.ipynb}, in which tests write config files and read them. */
final class PipelineFolder {

    private final Path folder;

    PipelineFolder(Path folder) {
        this.folder = folder;
        write("n.ipynb", "{}");
    }

    Pipeline read(String yaml) {
        return new PipelineReader(folder, PipelineLimits.defaults(), PipelineCheck.NONE)
                .read(write("x.yaml", yaml), Map.of());
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
