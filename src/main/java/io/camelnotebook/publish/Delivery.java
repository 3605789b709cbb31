package io.camelnotebook.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a job, or the end of a run, on its way to a destination.
 *
 * @param run the id of the run
 * @param job the id of the job; empty if it is about the whole run
 * @param attempt of the job
 * @param eventId the id of the metadata record, which is the same however often it is sent
 * @param destination the URI or name as it is in the config
 * @param endpoint the URI to send to
 * @param keepsFiles whether it gets files; else it gets the record as text
 * @param file what to send; empty if that is {@code text}
 * @param text what to send, if it is in no file; null else
 * @param subject what people who get it see first; null if it is not for people
 * @param name the name it gets there
 * @param correlation the id by which whoever sent the config knows the run; null if there is none
 */
public record Delivery(
        String run,
        String job,
        int attempt,
        String eventId,
        String destination,
        String endpoint,
        boolean keepsFiles,
        Path file,
        @Nullable String text,
        @Nullable String subject,
        String name,
        @Nullable String correlation) {

    /**
     * What to send to a destination that keeps no files.
     *
     * @throws IOException if the file cannot be read
     */
    public String content() throws IOException {
        return text == null ? Files.readString(file) : text;
    }
}
