package io.camelnotebook.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Which artifact of Camel brings the component of which scheme, as Camel's catalogue has it. Thread-safe. */
final class ComponentArtifacts {

    private ComponentArtifacts() {}

    /** The artifact for a scheme, such as {@code camel-ftp} for {@code sftp}; empty if Camel has none. */
    static Optional<String> of(String scheme) {
        Properties artifacts = new Properties();
        // Read where something is missing only, so it is not kept.
        try (InputStream in =
                Objects.requireNonNull(ComponentArtifacts.class.getResourceAsStream("components.properties"))) {
            artifacts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the table of Camel's components cannot be read: " + e.getMessage(), e);
        }
        return Optional.ofNullable(artifacts.getProperty(scheme));
    }
}
