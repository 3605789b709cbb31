package io.camelnotebook.entrance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may send a HTTP request with a config: a program that knows the token, never a page in somebody's browser. */
record HttpAccess(String token) {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNSUPPORTED_TYPE = 415;

    /** @throws RefusedException if the request may not be made, or its body is nothing to be read */
    void check(Function<String, @Nullable String> header) throws RefusedException {
        // A page of anybody's could otherwise send configs to an engine on its reader's machine; browsers always say
        // this.
        if (header.apply("Origin") != null) {
            throw new RefusedException(
                    "requests of web pages, which have the header Origin, are refused; send it with a program",
                    FORBIDDEN);
        }
        if (!token.isEmpty() && !isToken(header.apply("Authorization"))) {
            throw new RefusedException(
                    "the header 'Authorization: Bearer TOKEN' is missing, or its token is not that of the setting"
                            + " notebook.http.token",
                    UNAUTHORIZED);
        }
        String encoding = header.apply("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RefusedException("the body is compressed; send it as it is", UNSUPPORTED_TYPE);
        }
        String type = header.apply("Content-Type");
        if (type != null
                && Stream.of("json", "yaml", "text/plain", "octet-stream")
                        .noneMatch(type.toLowerCase(Locale.ROOT)::contains)) {
            throw new RefusedException(
                    "the Content-Type is none of a config; say application/yaml or application/json (curl -H"
                            + " 'Content-Type: application/yaml' --data-binary @FILE)",
                    UNSUPPORTED_TYPE);
        }
    }

    private boolean isToken(@Nullable String authorization) {
        return authorization != null
                && MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8),
                        ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
