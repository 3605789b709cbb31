package io.camelnotebook.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelnotebook.notebook.AtomicFile;
import io.camelnotebook.notebook.AtomicFile.Durability;
import io.camelnotebook.run.JobMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The files of attempts before a job's last one: {@code …_attempt1.ipynb} and {@code …_attempt1.json}. */
public final class EarlierAttempt {

    private EarlierAttempt() {}

    /** Gives the plain names of a job's files up to the attempt that begins, and those of the one before it their own. */
    public static void setAside(JobMessage next) throws IOException {
        int attempt = next.attempt() - 1;
        Path notebook = Path.of(next.output());
        Path kept = named(notebook, attempt);
        if (Files.exists(notebook)) {
            Files.move(notebook, kept, StandardCopyOption.REPLACE_EXISTING);
        }
        Path page = NotebookHtml.path(next);
        if (Files.exists(page)) {
            Files.move(page, named(page, attempt), StandardCopyOption.REPLACE_EXISTING);
        }
        Path record = MetadataRecord.path(next);
        if (!Files.exists(record)) {
            return;
        }
        JsonNode event = MetadataRecord.read(record);
        // An attempt that was cut off left none: then it is that of another run.
        if (event.path("id").asText().equals(MetadataRecord.id(next, attempt))
                && event.path("data").path("output") instanceof ObjectNode output) {
            Path keptRecord = named(record, attempt);
            output.put("path", kept.toString()).put("record", keptRecord.toString());
            if (output.has("html")) {
                output.put("html", named(page, attempt).toString());
            }
            byte[] json = MetadataRecord.json(event);
            AtomicFile.write(keptRecord, Durability.MACHINE_CRASH, out -> out.write(json));
            Files.delete(record);
        }
    }

    /** The records of a job's attempts before its last one, by their number; one that was cut off left none. */
    static Map<Integer, Path> records(JobMessage last) {
        Map<Integer, Path> records = new TreeMap<>();
        for (int attempt = 1; attempt < last.attempt(); attempt++) {
            Path record = named(MetadataRecord.path(last), attempt);
            if (isOf(record, MetadataRecord.id(last, attempt))) {
                records.put(attempt, record);
            }
        }
        return records;
    }

    /** Whether it is not that of another run. */
    private static boolean isOf(Path record, String eventId) {
        try {
            return MetadataRecord.read(record).path("id").asText().equals(eventId);
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes what an earlier run of the same job kept of its attempts, and its page, which would be of another notebook. */
    public static void removeAll(JobMessage job) throws IOException {
        Files.deleteIfExists(NotebookHtml.path(job));
        boolean removed = true;
        for (int attempt = 1; removed; attempt++) {
            removed = Files.deleteIfExists(named(Path.of(job.output()), attempt))
                    | Files.deleteIfExists(named(NotebookHtml.path(job), attempt))
                    | Files.deleteIfExists(named(MetadataRecord.path(job), attempt));
        }
    }

    private static Path named(Path file, int attempt) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "_attempt" + attempt + name.substring(dot));
    }
}
