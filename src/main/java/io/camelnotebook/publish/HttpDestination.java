package io.camelnotebook.publish;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A HTTP server. */
record HttpDestination() implements DestinationKind {

    @Override
    public Set<String> ownOptions() {
        return Set.of("username", "password", "token");
    }

    /** Camel's component reads options before they are looked up, and would send the words of the reference as a password. */
    @Override
    public Optional<String> problem(Address address) {
        Set<String> others = new TreeSet<>(address.options().keySet());
        others.removeAll(NamedDestinations.TRUST);
        others.removeAll(ownOptions());
        return others.isEmpty()
                ? DestinationKind.super.problem(address)
                : Optional.of("Camel's HTTP component takes no option from a setting of its own, such as "
                        + NamedDestinations.PREFIX + address.destination() + '.' + String.join(", ", others)
                        + "; username, password, token, trustStore and trustStorePassword may be set so, all others"
                        + " belong into the URI");
    }

    @Override
    public Map<String, Object> headers(Delivery delivery) {
        return Map.of("Content-Type", STRUCTURED, "ce-id", delivery.eventId());
    }

    @Override
    public Map<String, String> credentials(Function<String, Optional<String>> options) {
        return options.apply("token")
                .map(token -> "Bearer " + token)
                .or(() -> options.apply("username")
                        .map(user -> "Basic "
                                + base64(user + ":" + options.apply("password").orElse(""))))
                .map(who -> Map.of("Authorization", who))
                .orElse(Map.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
