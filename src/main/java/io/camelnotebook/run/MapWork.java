package io.camelnotebook.run;

import io.camelnotebook.pipeline.MapItems;
import io.camelnotebook.pipeline.MapSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tells whether the chunks that a job had done are those that it would do now. */
final class MapWork {

    private MapWork() {}

    /**
     * A checksum of the notebook, its parameters, what is called and for what. A file of items, which may be large, is told by
     * its size and the time of its last change.
     *
     * @param lines the file, if the items are in one of the user's
     * @throws IOException if it cannot be read
     */
    static String of(JobResult definitions, MapSpec map, MapItems items, Optional<Path> lines) throws IOException {
        JobMessage job = definitions.job();
        BasicFileAttributes file =
                lines.isPresent() ? Files.readAttributes(lines.get(), BasicFileAttributes.class) : null;
        List<String> parts = List.of(
                String.valueOf(definitions.notebookSha256()),
                LedgerJson.text(job.parameters()),
                job.directory(),
                map.function(),
                Boolean.toString(map.unpack()),
                Boolean.toString(map.ordered()),
                items.toString(),
                file == null ? "" : file.size() + " " + file.lastModifiedTime());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
