package io.camelnotebook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Python programs and lists that are packaged beside the classes of this package. */
final class PackagedText {
    private PackagedText() {}

    static String read(String name) {
        try (InputStream stream = PackagedText.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The file " + name + " is missing beside " + PackagedText.class);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
