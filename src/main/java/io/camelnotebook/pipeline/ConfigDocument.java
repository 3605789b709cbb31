package io.camelnotebook.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * The content of a config file, and where in the file each field is.
 *
 * @param file as it was named to the reader
 */
record ConfigDocument(Path file, ObjectNode root, Positions positions) {

    ConfigDocument withRoot(ObjectNode other) {
        return new ConfigDocument(file, other, positions);
    }
}
