package io.camelnotebook.run;

import io.camelnotebook.pipeline.MapItems;
import io.camelnotebook.pipeline.MapSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether the chunks that a job had done are those that it would do now. */
final class MapWork {

    private MapWork() {}

    /** A checksum of the notebook, its parameters, what is called and for what. */
    static String of(JobResult definitions, MapSpec map, MapItems items) {
        JobMessage job = definitions.job();
        List<String> parts = List.of(
                String.valueOf(definitions.notebookSha256()),
                LedgerJson.text(job.parameters()),
                job.directory(),
                map.function(),
                Boolean.toString(map.unpack()),
                Boolean.toString(map.ordered()),
                items.toString());
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
