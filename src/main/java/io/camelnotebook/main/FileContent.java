package io.camelnotebook.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;

/**
 * What <code>{{file:PATH}}</code> stands for in a setting: what is in that file, without white space around it. Secrets come
 * so in containers. Thread-safe.
 */
final class FileContent implements PropertiesFunction {

    @Override
    public String getName() {
        return "file";
    }

    @Override
    public String apply(String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + path + " of a setting cannot be read: " + e.getMessage(), e);
        }
    }
}
