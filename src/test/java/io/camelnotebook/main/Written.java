package io.camelnotebook.main;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What engines have written into a working directory, as text: what they said, ledger, outputs and configs. */
final class Written {

    private Written() {}

    static String in(Path directory) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of(".engine", "outputs", "configs")) {
            if (Files.isDirectory(directory.resolve(folder))) {
                try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        all.append(read(file));
                    }
                }
            }
        }
        return all.toString();
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (NoSuchFileException e) {
            // An engine moves files.
            return "";
        }
    }
}
