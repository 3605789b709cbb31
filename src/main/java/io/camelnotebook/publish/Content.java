package io.camelnotebook.publish;

import io.camelnotebook.run.RunSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a destination at once.
 *
 * @param eventId the id of the record that it is or belongs to
 * @param name what it is called there, and where it is told of
 * @param file what to send; null if that is {@code text}
 * @param text what to send, if it is in no file; null else
 * @param headers for the one that gets it, beside those of all that goes there
 */
record Content(
        String eventId,
        String name,
        @Nullable Path file,
        @Nullable String text,
        Map<String, Object> headers) {

    static Content of(String eventId, Path file) {
        return new Content(eventId, file.getFileName().toString(), file, null, Map.of());
    }

    /** The record of a run that has ended. */
    static Content of(RunSummary run, Instant time, String name) {
        String state = run.state().jsonName();
        return new Content(
                RunRecord.id(run, state),
                name,
                null,
                RunRecord.of(run, state, time).toString(),
                Map.of());
    }
}
