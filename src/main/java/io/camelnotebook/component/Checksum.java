package io.camelnotebook.component;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 of files. */
final class Checksum {

    private Checksum() {}

    /** In hexadecimal digits; null if the file cannot be read. */
    static @Nullable String ofFile(Path file) {
        try {
            return of(file);
        } catch (IOException e) {
            return null;
        }
    }

    /** In hexadecimal digits. */
    static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
