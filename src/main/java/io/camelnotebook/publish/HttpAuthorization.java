package io.camelnotebook.publish;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a HTTP server is told about who sends: a token, or a user and a password. It is a header of ours, since Camel's
 * component has its own options as part of a URI only, where a password had better not be.
 */
final class HttpAuthorization {

    /** The options of a named destination that it is made of. */
    static final Set<String> OPTIONS = Set.of("username", "password", "token");

    private HttpAuthorization() {}

    /** The header's value; empty if none of the options is set. */
    static Optional<String> of(Function<String, Optional<String>> options) {
        return options.apply("token")
                .map(token -> "Bearer " + token)
                .or(() -> options.apply("username")
                        .map(user -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":"
                                                        + options.apply("password")
                                                                .orElse(""))
                                                .getBytes(StandardCharsets.UTF_8))));
    }
}
