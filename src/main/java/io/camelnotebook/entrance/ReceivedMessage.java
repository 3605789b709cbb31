package io.camelnotebook.entrance;

import org.jspecify.annotations.Nullable;

/**
 * What is read of a message, and nothing else of it.
 *
 * @param entrance where it came in: {@code jms}, {@code kafka} or {@code http}
 * @param identity what stays the same when the same message is delivered again; null if nothing does
 * @param contentType as the sender says it
 * @param name of the pipeline, as the sender says it
 * @param correlation the id by which the sender knows the message
 */
record ReceivedMessage(
        String entrance,
        @Nullable String identity,
        @Nullable String contentType,
        @Nullable String name,
        @Nullable String correlation,
        byte[] content) {

    private static final int LONGEST_CORRELATION = 256;

    /**
     * Checks what can be told without reading the config.
     *
     * @throws RefusedException if it is empty, too large, or its correlation id will not do
     */
    void check(long maxBytes) throws RefusedException {
        if (content.length > maxBytes) {
            throw RefusedException.tooLarge(content.length, maxBytes);
        }
        boolean blank = true;
        for (int i = 0; blank && i < content.length; i++) {
            blank = content[i] >= 0 && content[i] <= ' ';
        }
        if (blank) {
            throw new RefusedException("the message is empty; expected a config file, JSON or YAML");
        }
        if (correlation != null
                && (correlation.isBlank()
                        || correlation.length() > LONGEST_CORRELATION
                        || correlation.chars().anyMatch(Character::isISOControl))) {
            throw new RefusedException("the correlation id is blank, longer than " + LONGEST_CORRELATION
                    + " characters, or has control characters; send another one, or none");
        }
    }

    /** The file name's ending for its content: JSON is told by its type, or else by how it begins. */
    String extension() {
        String type = contentType == null ? "" : contentType;
        if (type.contains("json")) {
            return "json";
        }
        if (type.contains("yaml")) {
            return "yaml";
        }
        for (byte b : content) {
            if (b > ' ') {
                return b == '{' ? "json" : "yaml";
            }
        }
        return "yaml";
    }
}
