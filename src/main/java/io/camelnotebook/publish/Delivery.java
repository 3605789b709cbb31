package io.camelnotebook.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file or record of a job, or of a whole run, on its way to a destination.
 *
 * @param run the id of the run
 * @param job the id of the job; empty if it is about the whole run
 * @param destination the URI or name as it is in the config
 * @param kind of the destination
 * @param endpoint the URI to send to
 * @param content what to send
 * @param correlation the id by which whoever sent the config knows the run; null if there is none
 */
public record Delivery(
        String run,
        String job,
        String destination,
        DestinationKind kind,
        String endpoint,
        Content content,
        @Nullable String correlation) {

    /** The id of the record that is sent or belongs to what is, which is the same however often it is sent. */
    public String eventId() {
        return content.eventId();
    }

    /** The name it gets there. */
    public String name() {
        return content.name();
    }

    /** Whether it arrives as a file of its name. */
    public boolean isFile() {
        return kind.keepsFiles();
    }

    /**
     * What to send: a file, if one goes to a destination that keeps files; else a text.
     *
     * @throws IOException if the file cannot be read
     */
    public Object body() throws IOException {
        if (content.text() != null) {
            return content.text();
        }
        return isFile()
                ? Objects.requireNonNull(content.file()).toFile()
                : Files.readString(Objects.requireNonNull(content.file()));
    }

    /** What the destination is told beside it: among others, where its protocol has a place for that, the id. */
    public Map<String, Object> headers() {
        Map<String, Object> headers = new HashMap<>(kind.headers(this));
        headers.putAll(content.headers());
        return headers;
    }
}
