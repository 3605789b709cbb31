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

    /** Why nothing can be sent to URIs of a scheme, and what to do about it; empty if its component is there. */
    static Optional<String> missing(String scheme) {
        String component = "META-INF/services/org/apache/camel/component/" + scheme;
        if (ComponentArtifacts.class.getClassLoader().getResource(component) != null) {
            return Optional.empty();
        }
        return Optional.of(of(scheme)
                .map(artifact -> "the component for '" + scheme + ":' is not here; fetch it into ext/, once, by adding"
                        + " --dep " + artifact + " to the command: camel-notebook run … --dep " + artifact)
                .orElse("Camel has no component for '" + scheme + ":'; check the spelling, or put the jar of your own"
                        + " component and what it needs into ext/"));
    }

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
