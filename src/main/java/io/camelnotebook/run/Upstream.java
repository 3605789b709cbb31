package io.camelnotebook.run;

import io.camelnotebook.pipeline.JobTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Tells by a checksum whether what the jobs left that a job needs, or reads, is what they left before: results and the
 * content of files, and of the executed notebooks where they are read. Not thread-safe.
 */
final class Upstream {

    private final Function<String, List<Finished>> finished;
    private final Map<String, String> known = new HashMap<>();

    Upstream(Function<String, List<Finished>> finished) {
        this.finished = finished;
    }

    String checksum(JobTemplate job) {
        Map<String, Set<String>> read = new TreeMap<>(job.reads());
        job.needs().forEach(need -> read.computeIfAbsent(need, name -> new TreeSet<>()));
        StringBuilder all = new StringBuilder();
        read.forEach((need, what) -> all.append(need)
                .append(' ')
                .append(ofTemplate(need, what.contains("output")))
                .append('\n'));
        return HexFormat.of().formatHex(digest().digest(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private String ofTemplate(String template, boolean withNotebooks) {
        String key = template + (withNotebooks ? " with notebooks" : "");
        return known.computeIfAbsent(key, name -> {
            MessageDigest digest = digest();
            for (Finished job : finished.apply(template)) {
                Map<String, List<String>> files = new TreeMap<>();
                job.files()
                        .forEach((file, kept) -> files.put(
                                file,
                                kept.files().stream()
                                        .map(JobOutputs.Kept::sha256)
                                        .toList()));
                String text = job.id()
                        + '\n'
                        + LedgerJson.text(new TreeMap<>(job.results()))
                        + '\n'
                        + files
                        + '\n'
                        + (withNotebooks ? job.outputSha256() : "")
                        + '\n';
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
