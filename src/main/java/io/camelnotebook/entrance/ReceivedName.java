package io.camelnotebook.entrance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a config file that came as a message: {@code churn~jms-0123456789abcdef.yaml}. It is one of a kind, the same
 * for a message that is delivered again, and says wherever the file goes that it came from outside.
 *
 * @param name of the pipeline; null if the sender gave none
 * @param id entrance and identity of the message, {@code jms-0123456789abcdef}
 * @param extension {@code json}, {@code yaml} or {@code yml}
 */
public record ReceivedName(@Nullable String name, String id, String extension) {

    private static final Pattern NAME =
            Pattern.compile("[\\p{IsAlphabetic}\\p{IsDigit}_][\\p{IsAlphabetic}\\p{IsDigit} ._-]{0,79}");
    private static final Pattern EXTENSION = Pattern.compile("(?i)(?<=.)\\.(json|ya?ml)$");
    private static final Pattern FILE =
            Pattern.compile("(?<name>[^~]+)?~(?<id>(?:jms|kafka|http)-[0-9a-f]{16})\\.(?<extension>json|yaml|yml)");
    private static final int ID_BYTES = 8;

    /** @throws RefusedException if the name that the sender gave will not do for a file */
    static ReceivedName of(ReceivedMessage message) throws RefusedException {
        String identity = message.identity() == null ? UUID.randomUUID().toString() : message.identity();
        String id = message.entrance() + "-" + hash(identity.getBytes(StandardCharsets.UTF_8));
        String name = message.name();
        if (name == null) {
            return new ReceivedName(null, id, message.extension());
        }
        Matcher written = EXTENSION.matcher(name);
        String extension = message.extension();
        if (written.find()) {
            extension = written.group(1).toLowerCase(Locale.ROOT);
            name = name.substring(0, written.start());
        }
        if (!NAME.matcher(name).matches()) {
            throw new RefusedException(
                    "the name given with the message cannot name a pipeline; expected up to 80 letters,"
                            + " digits, spaces, '.', '_' and '-', the first of them a letter, digit or '_'");
        }
        return new ReceivedName(name, id, extension);
    }

    /** By which one content is told from others, 16 hexadecimal digits. */
    static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Reads a file's name; empty if the file did not come as a message. */
    public static Optional<ReceivedName> of(String file) {
        Matcher matcher = FILE.matcher(file);
        return matcher.matches()
                ? Optional.of(new ReceivedName(matcher.group("name"), matcher.group("id"), matcher.group("extension")))
                : Optional.empty();
    }

    /** The name of the file. */
    public String file() {
        return (name == null ? "" : name) + "~" + id + "." + extension;
    }

    /** The name that its author would have given it, from which its pipeline has its name. */
    public String authorsFile() {
        return (name == null ? id : name) + "." + extension;
    }
}
