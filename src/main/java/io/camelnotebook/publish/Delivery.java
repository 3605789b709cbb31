package io.camelnotebook.publish;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a job on its way to a destination.
 *
 * @param run the id of the run
 * @param job the id of the job
 * @param attempt of the job
 * @param eventId the id of the metadata record, which is the same however often it is sent
 * @param destination the URI or name as it is in the config
 * @param endpoint the URI to send to
 * @param keepsFiles whether it gets files; else it gets the record as text
 * @param file what to send
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
        String name,
        @Nullable String correlation) {}
